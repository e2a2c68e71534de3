# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsPartnerDistinct(models.Model):
    """Somebody's word that two contacts are two people."""

    _name = "oms.partner.distinct"
    _description = "Customers That Are Not the Same"

    first_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    second_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )

    _pair_uniq = models.Constraint(
        "UNIQUE(first_id, second_id)", "These two are known to be different."
    )

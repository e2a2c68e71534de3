# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    _inherit = "oms.channel"

    platform = fields.Selection(
        selection_add=[("acme", "Acme")], ondelete={"acme": "set null"}
    )

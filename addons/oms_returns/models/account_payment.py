# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    oms_refund_id = fields.Many2one(
        "account.move",
        string="Credit Note of a Return",
        copy=False,
        readonly=True,
        index="btree_not_null",
    )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    oms_gateway_id = fields.Many2one(
        "oms.channel.gateway",
        "Channel Gateway",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="Who has this money until it is paid out.",
    )

    @api.depends("oms_gateway_id")
    def _compute_outstanding_account_id(self):
        """Override of `account`: money of a gateway lies on its clearing account."""
        own = self.filtered("oms_gateway_id.clearing_account_id")
        for payment in own:
            payment.outstanding_account_id = payment.oms_gateway_id.clearing_account_id
        return super(AccountPayment, self - own)._compute_outstanding_account_id()

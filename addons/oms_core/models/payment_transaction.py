# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PaymentTransaction(models.Model):
    """Money paid online, of orders on hold."""

    _inherit = "payment.transaction"

    def _refund(self, amount_to_refund=None):
        """Override of `payment` to refuse refunds that a hold blocks."""
        self.sale_order_ids._oms_check_operation("refund")
        return super()._refund(amount_to_refund=amount_to_refund)

    def _invoice_sale_orders(self):
        """Override of `sale`: a held order is paid all the same, and invoiced later."""
        free = self.filtered(
            lambda payment: not payment.sale_order_ids._oms_get_held("invoice")
        )
        return super(PaymentTransaction, free)._invoice_sale_orders()

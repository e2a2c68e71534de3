# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.rows import update_rows


class OmsPayment(models.Model):
    """Refunds that a shop has made, on the way to the ledger."""

    _inherit = "oms.payment"

    def _book_refunds(self):
        """Book these refunds as money that left the gateway's journal."""
        journals = self._get_journals()
        payments = self.env["account.payment"].create(
            [
                refund._prepare_payment_values(journals[refund])
                | {"payment_type": "outbound", "invoice_ids": False}
                for refund in self
            ]
        )
        update_rows(self, [{"payment_id": payment.id} for payment in payments])
        payments.action_post()
        self.env["oms.event"]._record(
            [
                {
                    "order": refund.order_id,
                    "kind": "payment",
                    "sentence": self.env._(
                        "Refund of %(amount)s registered (%(journal)s).",
                        amount=refund.currency_id.format(refund.amount),
                        journal=refund.payment_id.journal_id.name,
                    ),
                    "document": refund.payment_id,
                }
                for refund in self
            ]
        )

    def _find_payouts(self):
        """The payments by which refunds were registered here, by a return say.

        :return: {refund: payment}; each payment is that of one refund
        """
        free, found = {}, {}
        for order in self.order_id:
            notes = order.invoice_ids.filtered(
                lambda move: move.move_type == "out_refund" and move.state == "posted"
            )
            payments = notes._get_reconciled_payments() | notes.matched_payment_ids
            known = order.oms_payment_ids.payment_id
            free[order] = (payments - known).filtered(
                lambda payment: payment.payment_type == "outbound"
            )
        for refund in self:
            fitting = free[refund.order_id].filtered(refund._is_paid_by)[:1]
            if fitting:
                found[refund] = fitting
                free[refund.order_id] -= fitting
        return found

    def _is_paid_by(self, payment):
        return (
            payment.currency_id == self.currency_id
            and not self.currency_id.compare_amounts(payment.amount, self.amount)
        )

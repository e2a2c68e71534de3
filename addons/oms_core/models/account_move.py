# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.mark import FROM_CHANNEL


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of `account` to keep the history of the orders invoiced."""
        posted = super()._post(soft=soft)
        sales = posted.filtered(
            lambda move: move.move_type in ("out_invoice", "out_refund")
        )
        sales._record_oms_events()
        sales.filtered(
            lambda move: move.move_type == "out_invoice"
        )._settle_oms_payments()
        return posted

    def _settle_oms_payments(self):
        """Pay invoices with the money that the channels have taken for their orders."""
        orders = self.line_ids.sale_line_ids.order_id
        # Who invoices need not be allowed to enter payments: the channel took them.
        captures = orders.oms_payment_ids.sudo()  # see above
        payments = captures._book()
        for order, taken in captures.grouped("order_id").items():
            paid = payments & taken.payment_id
            lines = (paid.move_id | (self & order.invoice_ids)).line_ids.filtered(
                lambda line: (
                    line.account_type == "asset_receivable"
                    and not line.reconciled
                    and line.parent_state == "posted"
                )
            )
            for account_lines in lines.grouped("account_id").values():
                account_lines.reconcile()

    def _record_oms_events(self):
        values_list = []
        for move in self:
            is_refund = move.move_type == "out_refund"
            values_list += [
                {
                    "order": order,
                    "kind": "refund" if is_refund else "invoice",
                    "sentence": move._get_oms_sentence(),
                    "document": move,
                    "buyer_visible": True,
                }
                for order in move.line_ids.sale_line_ids.order_id
            ]
        self.env["oms.event"]._record(values_list)
        refunds = self.filtered(lambda move: move.move_type == "out_refund")
        refunded = refunds.line_ids.sale_line_ids.order_id
        if FROM_CHANNEL.is_on(self):
            refunded._oms_on_refunded_by_channel(refunds)
        else:
            refunded._oms_on_refunded(refunds)

    def _get_oms_sentence(self):
        amount = self.currency_id.format(self.amount_total)
        if self.move_type == "out_refund":
            return self.env._(
                "Credit note %(name)s: %(amount)s.", name=self.name, amount=amount
            )
        return self.env._(
            "Invoice %(name)s: %(amount)s.", name=self.name, amount=amount
        )

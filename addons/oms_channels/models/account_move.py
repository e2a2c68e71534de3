# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    oms_from_channel = fields.Boolean(
        "Refunded in the Shop",
        copy=False,
        readonly=True,
        help="The shop itself gave this back: it need not be told of it.",
    )

    def _settle_oms_payments(self):
        """Override of `oms_core` to pay out what the shop gave back meanwhile."""
        result = super()._settle_oms_payments()
        self._pay_back_oms_refunds()
        return result

    def _pay_back_oms_refunds(self):
        """Book the refunds of the shop against what the buyers have to their credit.

        A refund is booked only as far as there is credit for it: one that was paid
        out here, by a return say, is known by another payment.
        """
        orders = self.line_ids.sale_line_ids.order_id
        # Who invoices need not be allowed to enter payments: the shop made them.
        payments = orders.oms_payment_ids.sudo()  # see above
        facts = payments._get_bookable().filtered(
            lambda p: p.kind == "refund" and p.amount and not p.payment_id
        )
        self._match_oms_refunds(orders)
        if not facts:
            return
        entries, todo = {}, facts.browse()
        for order, refunds in facts.grouped("order_id").items():
            entries[order] = order.sudo()._get_oms_open_credit()  # see above
            credit = -sum(entries[order].mapped("amount_residual_currency"))
            for refund in refunds:
                if order.currency_id.compare_amounts(refund.amount, credit) <= 0:
                    credit -= refund.amount
                    todo |= refund
        todo._book_refunds()
        for order, refunds in todo.grouped("order_id").items():
            lines = entries[order] | refunds.payment_id.move_id.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            for account_lines in lines.grouped("account_id").values():
                account_lines.filtered(lambda line: not line.reconciled).reconcile()

    def _match_oms_refunds(self, orders):
        """Reconcile refunds that were booked before there was credit: a payout told
        of them first."""
        for order in orders.sudo():  # see above
            booked = order.oms_payment_ids.filtered(lambda p: p.kind == "refund")
            paid = booked.payment_id.move_id.line_ids & order._get_oms_open_credit()
            credit = order._get_oms_open_credit().filtered(lambda e: e.balance < 0)
            if not paid or not credit:
                continue
            for entries in (paid | credit).grouped("account_id").values():
                entries.reconcile()

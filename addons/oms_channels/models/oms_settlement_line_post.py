# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ..tools.rows import update_rows


class OmsSettlementLine(models.Model):
    """Items of the bank entry, and the payments that they settle."""

    _inherit = "oms.settlement.line"

    # === PAYMENTS ===

    def _book_payments(self):
        """Register what was taken and paid out before its order was invoiced."""
        payments = self.payment_id
        captures = payments.filtered(lambda p: p.kind == "capture")
        captures._book()
        refunds = payments.filtered(lambda p: p.kind == "refund" and not p.payment_id)
        payouts = refunds._find_payouts()
        known = refunds.filtered(lambda refund: refund in payouts)
        update_rows(known, [{"payment_id": payouts[refund].id} for refund in known])
        (refunds - known)._book_refunds()

    def _get_outstanding(self):
        """The item on which the payment of this line waits for its payout."""
        payment = self.payment_id.payment_id
        return payment.move_id.line_ids.filtered(
            lambda item: (
                item.account_id == payment.outstanding_account_id
                and not item.reconciled
            )
        )[:1]

    # === ITEMS ===

    def _prepare_parts(self):
        """Values of the items, one for each line that is more than a fee."""
        return [line._prepare_part() for line in self if line.gross]

    def _prepare_part(self):
        waiting = self._get_outstanding() if self.state == "matched" else None
        account = waiting.account_id if waiting else self._get_account()
        values = {
            "name": self._get_label(),
            "account_id": account.id,
            "partner_id": self.order_id.partner_invoice_id.commercial_partner_id.id,
            "amount": -self.gross,
            "oms_settlement_line_id": self.id,
        }
        if waiting and waiting.currency_id != self.currency_id:
            # It was taken in another currency: all of that is paid out by this.
            values |= {
                "currency_id": waiting.currency_id.id,
                "amount_currency": -waiting.amount_residual_currency,
            }
        return values

    def _get_label(self):
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        order = self.order_id.oms_external_number or self.order_ref
        return " ".join(filter(None, (kind, order, self.note or self.external_id)))

    def _get_account(self):
        """Where this line belongs that settles no payment.

        :raise UserError: names the account that is missing
        """
        gateway = self.settlement_id.gateway_id
        clearing = gateway.clearing_account_id
        account = {
            "reserve": gateway.reserve_account_id or clearing,
            "dispute": gateway.dispute_account_id or clearing,
            "adjustment": gateway.fee_account_id,
            "fee": gateway.fee_account_id,
            "tax": self._get_collected_account(),
        }.get(self.kind, clearing)
        if not account:
            raise UserError(
                self.env._(
                    "%(kind)s %(line)s of payout %(payout)s has no account: choose the "
                    "accounts of gateway %(gateway)s on channel %(channel)s, tab "
                    "Money, or match the line.",
                    kind=dict(self._fields["kind"].selection)[self.kind],
                    line=self.external_id,
                    payout=self.settlement_id.external_id,
                    gateway=gateway.name,
                    channel=self.channel_id.name,
                )
            )
        return account

    def _get_collected_account(self):
        if self.kind != "tax":
            return self.env["account.account"]
        resolver = self.env["oms.tax.resolver"]
        company = self.company_id
        return resolver._get_collected_account(company, company.account_sale_tax_id)

    # === RECONCILING ===

    def _reconcile(self):
        """Settle the payments of these lines with their items."""
        pairs = [
            waiting | line.entry_id
            for line in self.filtered(lambda ln: ln.state == "matched" and ln.entry_id)
            if (waiting := line._get_outstanding()).account_id
            == line.entry_id.account_id
        ]
        self.env["account.move.line"]._reconcile_plan(pairs)
        self.filtered("entry_id").payment_id.is_settled = True

    def _book_late(self):
        """Settle payments that were matched after their payout was posted.

        :raise UserError: if the money was booked on another account
        """
        late = self.filtered(lambda line: line.settlement_id.state == "posted")
        # As for posting: the rights on settlements suffice.
        late.sudo()._book_payments()  # see above
        for line in late.sudo():  # see above
            waiting = line._get_outstanding()
            if waiting and waiting.account_id != line.entry_id.account_id:
                raise UserError(
                    self.env._(
                        "Payment %(payment)s is booked on %(theirs)s, payout "
                        "%(payout)s on %(ours)s. Reset the payout to draft, match the "
                        "line, and post it again.",
                        payment=line.payment_id.display_name,
                        theirs=waiting.account_id.display_name,
                        payout=line.settlement_id.external_id,
                        ours=line.entry_id.account_id.display_name,
                    )
                )
        late.sudo()._reconcile()  # as above
        late._record_events()

    # === HISTORY ===

    def _record_events(self):
        told = self.filtered(lambda line: line.order_id and line.kind != "fee")
        self.env["oms.event"]._record(
            [
                {
                    "order": line.order_id,
                    "kind": "payment",
                    "sentence": line._get_sentence(),
                    "actor": line.settlement_id.gateway_id.name,
                    "document": line.settlement_id,
                }
                for line in told
            ]
        )

    def _get_sentence(self):
        facts = {
            "amount": self.currency_id.format(abs(self.gross)),
            "payout": self.settlement_id.external_id,
        }
        if self.kind == "dispute":
            return self.env._("Dispute of %(amount)s in payout %(payout)s.", **facts)
        if self.kind == "refund":
            return self.env._(
                "Refund of %(amount)s taken off payout %(payout)s.", **facts
            )
        return self.env._("%(amount)s paid out with %(payout)s.", **facts)

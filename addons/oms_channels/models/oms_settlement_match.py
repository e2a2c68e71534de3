# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

KINDS = {"charge": "capture", "refund": "refund"}


class OmsSettlementLine(models.Model):
    """Finds the payments that a payout is made of."""

    _inherit = "oms.settlement.line"

    def _match(self):
        """Match by the channel's number of the payment, else by order and amount.

        Whatever is found by less than that is a suggestion, and a person decides.
        """
        taken = set()
        for channel, lines in self.grouped("channel_id").items():
            by_number = lines._find_by_number(channel)
            by_order = lines._find_by_order(channel)
            by_amount = lines._find_by_amount(channel)
            for line in lines.with_context(oms_matching=True):
                line._match_one(by_number, by_order, by_amount, taken)
        # A batch may hold lines that are posted: their money is known only now.
        self.filtered("payment_id")._book_late()

    def _match_one(self, by_number, by_order, by_amount, taken):
        payment = by_number.get((self.payment_ref, KINDS[self.kind]))
        order = payment.order_id if payment else by_order.get(self._get_order_key())
        values = {"order_id": order.id if order else False}
        rivals = self.env["oms.payment"]
        if not payment and order:
            rivals = order.oms_payment_ids.filtered(
                lambda p: (
                    p.kind == KINDS[self.kind]
                    and p.id not in taken
                    and not p.settlement_line_ids
                )
            )
            payment = rivals.filtered(self._is_same_amount)[:1]
        if payment and payment.id not in taken and not payment.settlement_line_ids:
            if self._is_same_amount(payment):
                taken.add(payment.id)
                self.write(
                    values
                    | {"payment_id": payment.id, "state": "matched"}
                    | {"reason": False, "suggested_payment_id": False}
                )
                return
            rivals = payment
        key = self.kind, self.currency_id.id, round(abs(self.gross), 6)
        similar = by_amount.get(key, self.env["oms.payment"])
        similar = similar.filtered(lambda p: p.id not in taken)
        suggestion = rivals if len(rivals) == 1 else similar
        self.write(
            values
            | {"reason": self._explain(payment, order, rivals)}
            | {"suggested_payment_id": suggestion.id if len(suggestion) == 1 else False}
        )

    def _get_order_key(self):
        return (self.order_ref or "").lstrip("#").casefold()

    def _is_same_amount(self, payment):
        """In another currency nobody can tell."""
        currency = self.currency_id
        if payment.currency_id != currency:
            return True
        return currency.compare_amounts(payment.amount, abs(self.gross)) == 0

    # === FINDING ===

    def _find_by_number(self, channel):
        refs = set(self.filtered("payment_ref").mapped("payment_ref"))
        found = self.env["oms.payment"].search(
            [
                ("order_id.oms_channel_id", "=", channel.id),
                ("external_id", "in", list(refs)),
                ("kind", "in", list(KINDS.values())),
            ]
        )
        return {(payment.external_id, payment.kind): payment for payment in found}

    def _find_by_order(self, channel):
        """Orders by the channel's number or name, with and without its sign."""
        refs = {line.order_ref for line in self if line.order_ref}
        refs |= {ref.lstrip("#") for ref in refs} | {f"#{ref}" for ref in refs}
        found = self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", channel.id),
                "|",
                ("oms_external_id", "in", list(refs)),
                ("oms_external_number", "in", list(refs)),
            ]
        )
        names = {}
        for order in found:
            for name in (order.oms_external_number, order.oms_external_id):
                if name:
                    names[name.lstrip("#").casefold()] = order
        return names

    def _find_by_amount(self, channel):
        """Open payments of the same amount, wherever their order is."""
        found = self.env["oms.payment"].search(
            [
                ("order_id.oms_channel_id", "=", channel.id),
                ("kind", "in", list(KINDS.values())),
                ("amount", "in", list({abs(line.gross) for line in self})),
                ("settlement_line_ids", "=", False),
            ]
        )
        kinds = {theirs: ours for ours, theirs in KINDS.items()}
        return found.grouped(
            lambda p: (kinds[p.kind], p.currency_id.id, round(p.amount, 6))
        )

    # === WORDS ===

    def _explain(self, payment, order, rivals):
        if payment and payment.settlement_line_ids:
            return self.env._(
                "payment %(payment)s was settled by payout %(payout)s already",
                payment=payment.external_id,
                payout=payment.settlement_line_ids.settlement_id[:1].external_id,
            )
        if rivals:
            return self.env._(
                "order %(order)s has payments of %(amounts)s, not of %(amount)s",
                order=order.name,
                amounts=", ".join(p.currency_id.format(p.amount) for p in rivals),
                amount=self.currency_id.format(abs(self.gross)),
            )
        if order:
            return self.env._(
                "order %(order)s has no open payment of this kind", order=order.name
            )
        if self.order_ref:
            return self.env._(
                "%(channel)s has no order %(order)s here",
                channel=self.channel_id.name,
                order=self.order_ref,
            )
        return self.env._("the gateway names no order, and no payment of ours")

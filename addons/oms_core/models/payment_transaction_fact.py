# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# What a transaction's new state says of the money of an order.
KINDS = {"authorized": "authorisation", "done": "capture", "cancel": "void"}


class PaymentTransaction(models.Model):
    """Money paid online is known on the order at once, whoever sold it."""

    _inherit = "payment.transaction"

    def _update_state(self, allowed_states, target_state, state_message):
        """Override of `payment` to note what was secured, taken or let go."""
        updated = super()._update_state(allowed_states, target_state, state_message)
        if target_state in KINDS:
            updated._record_oms_payments()
        return updated

    def _create_payment(self, **extra_create_values):
        """Override of `account_payment`: the order knows how its money was booked."""
        payment = super()._create_payment(**extra_create_values)
        facts = self._get_oms_payments().filtered(
            lambda fact: fact.kind in ("capture", "refund")
        )
        facts.payment_id = payment
        return payment

    def _get_oms_payments(self):
        """What orders know of these; the buyer who pays may not read it."""
        payments = self.env["oms.payment"].sudo()  # see above
        return payments.search([("transaction_id", "in", self.ids)])

    # === RECORDING ===

    def _record_oms_payments(self):
        """Note the state that these have now on their orders, each once."""
        known = (
            self._get_oms_payments() | self.source_transaction_id._get_oms_payments()
        )
        seen = {(fact.transaction_id, fact.kind) for fact in known}
        told = {
            transaction: kind
            for transaction in self
            if (kind := transaction._get_oms_payment_kind(seen))
            and (transaction, kind) not in seen
        }
        payments = known.create(
            [
                transaction._prepare_oms_payment_values(kind)
                for transaction, kind in told.items()
            ]
        )
        payments._record_oms_events()

    def _get_oms_payment_kind(self, seen):
        """None where this says nothing new of the money of one order.

        A payment for several orders is none of `sale`'s cases either.

        :param seen: {(transaction, kind)} that orders know of these and their sources
        """
        order = self._get_oms_paid_order()
        if len(order) != 1 or self.operation == "validation":
            return None
        parts = self.child_transaction_ids.filtered(
            lambda part: (
                part.operation == self.operation and part.state in ("done", "cancel")
            )
        )
        if parts:
            return None  # these have told it, part by part
        if self.operation == "refund":
            return "refund" if self.state == "done" else None
        kind = KINDS[self.state]
        whole = self | self.source_transaction_id
        secured = any((each, "authorisation") in seen for each in whole)
        return None if kind == "void" and not secured else kind

    def _get_oms_paid_order(self):
        """A part, and a refund, is of the order of the payment it came from."""
        return self.sale_order_ids or self.source_transaction_id.sale_order_ids

    def _prepare_oms_payment_values(self, kind):
        number = self.reference
        if kind in ("authorisation", "void"):
            number = f"{number} {kind}"
        return {
            "order_id": self._get_oms_paid_order().id,
            "transaction_id": self.id,
            "external_id": number,
            "kind": kind,
            "gateway": self.provider_id.name,
            "amount": abs(self.amount),
            "currency_id": self.currency_id.id,
            "date": self.last_state_change,
        }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..engine.diff import Change
from ..engine.settling import lines_total, settle


class OmsOrderImporter(models.AbstractModel):
    """Money taken and given back, and orders that are called off."""

    _inherit = "oms.order.importer"

    # === PAYMENTS ===

    def _record_payments(self, pairs):
        self.env["oms.payment"].sudo().create(  # users may not invent payments
            [
                self._prepare_payment_values(sale_order, payment)
                for sale_order, order in pairs
                for payment in order.payments
            ]
        )

    def _prepare_payment_values(self, sale_order, payment):
        return {
            "order_id": sale_order.id,
            "external_id": payment.external_id,
            "kind": payment.kind,
            "is_summary": payment.is_summary,
            "gateway": payment.gateway,
            "amount": float(payment.amount),
            "currency_id": sale_order.currency_id.id,
            "date": payment.date.replace(tzinfo=None),
        }

    def _update_payments(self, updates):
        """Record what is new; orders whose money is there need wait no longer."""
        self._drop_outdated_summaries(updates)
        values_list = []
        for update in updates:
            new = self._find_new_payments(update.order, update.after)
            values_list += [self._prepare_payment_values(update.order, p) for p in new]
            corrected = self._correct_payments(update.order, update.after)
            # What is on the order counts, not what the last version had listed.
            update.changes = (
                *(change for change in update.changes if change.kind != "payment"),
                *(Change("payment", p.external_id, p.kind, new=p.amount) for p in new),
                *corrected,
            )
        payments = self.env["oms.payment"].sudo()  # users may not invent payments
        payments.create(values_list)
        self._check_secured(updates)

    def _check_secured(self, updates):
        secured = [u.order.id for u in updates if self._is_secured(u.order, u.after)]
        waiting = self.env["sale.order"].union(*(u.order for u in updates))
        holds = waiting.oms_open_hold_ids.filtered(
            lambda hold: (
                hold.type_id.code == "payment"
                and hold.order_id.id in secured
                and not (hold.data or {}).get("credit")
            )
        )
        holds.sudo()._release(  # the channel itself gave the reason to wait
            self.env._("the channel has secured the money")
        )
        self.env["oms.hold"]._place(
            [
                {
                    "order": update.order,
                    "type": "payment",
                    "reason": self.env._("the channel has not secured the money yet"),
                }
                for update in updates
                if update.order.id not in secured
                and not update.after.cancelled_at
                and not update.facts.is_cancelled
                and "content" in update.done
                and (not update.before or self._is_secured(update.order, update.before))
            ]
        )

    def _is_secured(self, sale_order, order):
        """Whether nobody need wait for the money of an order."""
        return self._is_on_account(sale_order) or self._is_paid(order)

    def _is_paid(self, order):
        """What was cancelled or given back need not be secured any more."""
        due = order.total - order.lines_total + lines_total(order, settle(order))
        secured = sum(
            p.amount for p in order.payments if p.kind in ("authorisation", "capture")
        )
        return secured >= min(due, order.total)

    def _drop_outdated_summaries(self, updates):
        """A summary gives way to the transactions it stood for, unless it is booked
        already: then they are known through it."""
        outdated = self.env["oms.payment"]
        for update in updates:
            listed = {p.kind for p in update.after.payments if not p.is_summary}
            outdated |= update.order.oms_payment_ids.filtered(
                lambda p, update=update, listed=listed: (
                    p.is_summary
                    and not p.payment_id
                    and (
                        p.kind in listed
                        or p.amount not in self._get_amounts(update.after, p)
                    )
                )
            )
        outdated.sudo().unlink()  # the channel's newer word takes its place

    def _find_new_payments(self, order, document):
        """Payments that are not known; what is told twice in two ways counts once."""
        known = order.oms_payment_ids
        booked = set(known.filtered("is_summary").mapped("kind"))
        kinds, keys = set(known.mapped("kind")), set(known.mapped("external_id"))
        return [
            payment
            for payment in document.payments
            if payment.external_id not in keys
            and payment.kind not in (kinds if payment.is_summary else booked)
        ]

    def _correct_payments(self, order, document):
        """Give payments that are not booked yet the amount that the channel says now.

        :return: list of changes
        """
        known = order.oms_payment_ids.grouped("external_id")
        changes = []
        for payment in document.payments:
            record = known.get(payment.external_id)
            amount = float(payment.amount)
            if not record or record.payment_id:
                continue
            if order.currency_id.compare_amounts(record.amount, amount):
                old = Decimal(str(record.amount))
                record.sudo().amount = amount  # users may not invent payments
                changes.append(
                    Change(
                        "payment",
                        payment.external_id,
                        payment.kind,
                        old=old,
                        new=payment.amount,
                    )
                )
        return changes

    def _get_amounts(self, document, summary):
        """What this summary amounts to in the newer version."""
        return {
            float(payment.amount)
            for payment in document.payments
            if payment.external_id == summary.external_id
        }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.results import ImportResult


class OmsOrderImporter(models.AbstractModel):
    """A newer version of an order that is here already."""

    _inherit = "oms.order.importer"

    def _update(self, sale_order, order):
        """Bring an order up to date; what the warehouse did is never undone silently.

        New payments are added, a cancelled order that has not shipped is cancelled.
        Any other change of what was bought holds the order for a person.
        """
        # Versions are as fine as the platform's clock: of two in one second, either
        # may be the newer one, so only an older one is passed over.
        if order.version < (sale_order.oms_external_version or ""):
            return ImportResult(order.external_id, "unchanged", sale_order.id)
        changes = [
            *self._update_payments(sale_order, order),
            *self._update_cancellation(sale_order, order),
            *self._update_content(sale_order, order),
        ]
        sale_order.oms_external_version = order.version
        outcome = "updated" if changes else "unchanged"
        if changes:
            self.env["oms.event"]._record(
                [
                    {
                        "order": sale_order,
                        "kind": "version",
                        "sentence": self.env._(
                            "Changed in the shop: %(changes)s.",
                            changes="; ".join(changes),
                        ),
                        "actor": sale_order.oms_channel_id.name,
                        "data": {"version": order.version},
                    }
                ]
            )
        return ImportResult(order.external_id, outcome, sale_order.id)

    def _update_payments(self, sale_order, order):
        new = self._find_new_payments(sale_order, order)
        if not new:
            return []
        self.env["oms.payment"].sudo().create(  # users may not invent payments
            [self._prepare_payment_values(sale_order, payment) for payment in new]
        )
        if self._is_secured(order):
            waiting = sale_order.oms_open_hold_ids.filtered(
                lambda hold: hold.type_id.code == "payment"
            )
            waiting.sudo()._release(  # the channel itself gave the reason to wait
                self.env._("the channel has secured the money")
            )
        return [
            self.env._(
                "%(kind)s of %(amount)s", kind=payment.kind, amount=payment.amount
            )
            for payment in new
        ]

    def _find_new_payments(self, sale_order, order):
        """Payments that are not known; what is told twice in two ways counts once.

        A summary gives way to the transactions it stood for, unless it is booked
        already: then they are known through it.
        """
        known = sale_order.oms_payment_ids
        summaries = known.filtered("is_summary")
        listed = {p.kind for p in order.payments if not p.is_summary}
        outdated = summaries.filtered(
            lambda s: (
                not s.payment_id
                and (s.kind in listed or s.amount not in self._get_amounts(order, s))
            )
        )
        booked = set((summaries - outdated).mapped("kind"))
        outdated.sudo().unlink()  # the channel's newer word takes its place
        known = sale_order.oms_payment_ids
        kinds, keys = set(known.mapped("kind")), set(known.mapped("external_id"))
        return [
            payment
            for payment in order.payments
            if payment.external_id not in keys
            and payment.kind not in (kinds if payment.is_summary else booked)
        ]

    def _get_amounts(self, order, summary):
        """What this summary amounts to in the newer version."""
        return {
            float(payment.amount)
            for payment in order.payments
            if payment.external_id == summary.external_id
        }

    def _update_cancellation(self, sale_order, order):
        if not order.cancelled_at or sale_order.state == "cancel":
            return []
        shipped = sale_order.picking_ids.filtered(lambda p: p.state == "done")
        if shipped or sale_order._oms_get_holds("cancel"):
            self._hold_for_change(
                sale_order, self.env._("cancelled in the shop after it has shipped")
            )
        else:
            sale_order._action_cancel()
        return [self.env._("cancelled (%s)", order.cancel_reason or "-")]

    def _update_content(self, sale_order, order):
        """Compare what was bought; a difference is shown, not applied."""
        if order.cancelled_at:
            return []
        here = {
            line.oms_external_id: line.product_uom_qty
            for line in sale_order.order_line
            if line.oms_external_id
        }
        there = {
            line.external_id: float(line.quantity - line.cancelled)
            for line in order.lines
        }
        names = {line.external_id: line.name for line in order.lines}
        names |= {line.oms_external_id: line.name for line in sale_order.order_line}
        changes = [
            self.env._(
                "%(line)s: %(old)g → %(new)g",
                line=names[key],
                old=here.get(key, 0.0),
                new=there.get(key, 0.0),
            )
            for key in here.keys() | there.keys()
            if here.get(key, 0.0) != there.get(key, 0.0)
        ]
        if changes:
            self._hold_for_change(sale_order, "; ".join(sorted(changes)))
        return sorted(changes)

    def _hold_for_change(self, sale_order, reason):
        self.env["oms.hold"]._place(
            [{"order": sale_order, "type": "channel_change", "reason": reason}]
        )

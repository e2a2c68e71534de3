# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.mark import FROM_CHANNEL
from ...tools.unheld import unheld


class SaleOrder(models.Model):
    """Cancel what has not shipped, whole orders or single units."""

    _inherit = "sale.order"

    oms_cancel_reason_id = fields.Many2one(
        "oms.cancel.reason",
        "Cancel Reason",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Why the order was cancelled; the history has the words that were added.",
    )

    # === CHECK ===

    def _oms_check_cancellable(self):
        """Refuse what a hold blocks, and what has left the house.

        :raise UserError: names order, fact and way out
        """
        self._oms_check_operation("cancel")
        shipped = self.order_line.filtered(
            lambda line: (
                line.qty_delivered_method == "stock_move" and line.qty_delivered > 0
            )
        ).order_id
        if shipped:
            raise UserError(
                "\n".join(
                    self.env._(
                        "Order %(order)s has shipped and cannot be cancelled. Cancel "
                        "the quantities that have not shipped; what has comes back "
                        "by a return.",
                        order=order.name,
                    )
                    for order in shipped
                )
            )

    # === BUSINESS ===

    def _action_cancel(self):
        """Override of `oms_core` to cancel nothing that is on its way."""
        self._oms_check_cancellable()
        alive = self.filtered(lambda order: order.state != "cancel")
        result = super()._action_cancel()
        if not FROM_CHANNEL.is_on(self):
            alive._oms_on_cancelled(self.env.context.get("oms_cancel_reason") or "")
        return result

    def action_draft(self):
        """Override of `sale`: what is a quotation again has no such reason."""
        self.filtered("oms_cancel_reason_id").oms_cancel_reason_id = False
        return super().action_draft()

    def _oms_cancel(self, note="", reason=None):
        """Cancel whole orders; those that are cancelled already stay as they are.

        :param str note: why, in somebody's words
        :param reason: the oms.cancel.reason that it counts as
        """
        reason = reason or self.env["oms.cancel.reason"]
        alive = self.filtered(lambda order: order.state != "cancel")
        if alive:
            alive.oms_cancel_reason_id = reason
            told = alive.with_context(oms_cancel_reason=reason._tell(note))
            told._action_cancel()
        return alive

    def _oms_cancel_quantities(self, quantities, note="", reason=None):
        """Cancel units that have not shipped; the goods are free again.

        :param dict quantities: {line: quantity in the line's unit}
        :param note, reason: as for :meth:`_oms_cancel`
        :raise UserError: if more is cancelled than is left, or a hold blocks it
        """
        self.ensure_one()
        self._oms_check_operation("cancel")
        quantities = {line: number for line, number in quantities.items() if number}
        for line, number in quantities.items():
            line._oms_check_cancellable(number)
            line._oms_check_quantity(line.product_uom_qty - number)
        if all(
            line.product_uom_id.is_zero(
                line.product_uom_qty - quantities.get(line, 0.0)
            )
            for line in self.order_line
            if line.product_id.type == "consu" and not line.is_delivery
        ):
            return self._oms_cancel(note, reason)
        for line, number in quantities.items():
            # A hold on editing has nothing against it: cancelling was asked about.
            unheld(line).product_uom_qty -= number
        reason = reason or self.env["oms.cancel.reason"]
        self._oms_note_cancelled_units(quantities, note, reason)
        self._oms_on_cancelled(reason._tell(note), quantities)
        return self

    def _oms_note_cancelled_units(self, quantities, note, reason):
        told = [
            f"{number:g} × {line._get_oms_name()}"
            for line, number in quantities.items()
        ]
        sentence = self.env._("Cancelled: %(goods)s.", goods=", ".join(told))
        self.env["oms.event"]._record(
            [
                {
                    "order": self,
                    "kind": "cancel",
                    "sentence": " ".join(filter(None, (sentence, reason._tell(note)))),
                    "buyer_visible": True,
                    "data": {
                        "reason": reason._tell(note),
                        "code": reason.code or "",
                        "lines": [[ln.id, number] for ln, number in quantities.items()],
                    },
                }
            ]
        )

    def _oms_get_open_money(self):
        """What the buyer has paid and, with all cancelled, would have to get back."""
        return {
            order: sum(
                payment.amount if payment.kind == "capture" else -payment.amount
                for payment in order.oms_payment_ids
                if payment.kind in ("capture", "refund")
            )
            for order in self
        }

    # === HOOKS ===

    def _oms_on_cancelled(self, reason, quantities=None):
        """Orders, or units of one, were cancelled here; extended by oms_channels.

        :param quantities: {line: quantity} of a part; None: the whole orders
        """

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ...tools.mark import FROM_CHANNEL
from ...tools.unheld import unheld


class SaleOrder(models.Model):
    """Cancel what has not shipped, whole orders or single units."""

    _inherit = "sale.order"

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

    def _oms_cancel(self, reason):
        """Cancel whole orders; those that are cancelled already stay as they are."""
        alive = self.filtered(lambda order: order.state != "cancel")
        if alive:
            alive.with_context(oms_cancel_reason=reason)._action_cancel()
        return alive

    def _oms_cancel_quantities(self, quantities, reason):
        """Cancel units that have not shipped; the goods are free again.

        :param dict quantities: {line: quantity in the line's unit}
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
            return self._oms_cancel(reason)
        told = [
            f"{number:g} × {line._get_oms_name()}"
            for line, number in quantities.items()
        ]
        for line, number in quantities.items():
            # A hold on editing has nothing against it: cancelling was asked about.
            unheld(line).product_uom_qty -= number
        sentence = self.env._("Cancelled: %(goods)s.", goods=", ".join(told))
        if reason:
            sentence = f"{sentence} {reason}"
        self.env["oms.event"]._record(
            [
                {
                    "order": self,
                    "kind": "cancel",
                    "sentence": sentence,
                    "buyer_visible": True,
                    "data": {
                        "lines": [[ln.id, number] for ln, number in quantities.items()]
                    },
                }
            ]
        )
        self._oms_on_cancelled(reason, quantities)
        return self

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

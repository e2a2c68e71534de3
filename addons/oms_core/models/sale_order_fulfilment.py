# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .bulk.batch import with_batch


class SaleOrder(models.Model):
    """From a confirmed order to goods reserved at the place that ships them."""

    _inherit = "sale.order"

    # === CONFIRMATION ===

    def _prepare_confirmation_values(self):
        """Override of `sale` to keep the date on which the buyer ordered."""
        values = super()._prepare_confirmation_values()
        if all(order.oms_external_id for order in self):
            values.pop("date_order", None)
        return values

    def _action_confirm(self):
        """Override of `sale`: the place and the promise come before the goods."""
        self._oms_on_captured()
        self._oms_get_routable()._oms_route()
        self._oms_promise()
        return super()._action_confirm()

    # === HOOKS ===

    def _oms_get_routable(self):
        """Orders whose place is chosen here; the others keep the one they have."""
        return (
            self.filtered("oms_channel_id") - self._oms_get_holds("allocate").order_id
        )

    def _oms_route(self):
        """Choose the place that ships each order; extended by oms_routing.

        Sets ``warehouse_id``, and ``oms_sourcing`` on lines that several places
        share. Called before goods are asked for, with any number of orders.
        """

    def _oms_resume(self):
        """Let orders go on after a hold was released.

        Confirmed orders that nothing blocks any more are routed and their goods
        asked for, all in one go. Quotations stay quotations.
        """
        orders, batch = with_batch(
            self.with_context(oms_bulk=True, tracking_disable=True)
        )
        ready = orders.filtered(lambda order: order.state == "sale")
        ready -= ready._oms_get_held("allocate")
        if not ready:
            return
        ready._oms_get_routable().filtered(
            lambda order: not order.picking_ids
        )._oms_route()
        batch.product_ids.update(ready.order_line.product_id.ids)
        ready.order_line._action_launch_stock_rule()
        # Goods that a hold had given back.
        ready.order_line.move_ids.filtered(
            lambda move: (
                move.state in ("confirmed", "partially_available")
                and move._should_assign_at_confirm()
            )
        )._action_assign()
        # Whatever is still to be computed is computed while the batch remembers.
        ready.env.flush_all()

    def _oms_on_shipped(self, pickings):
        """Parcels of these orders have left; extended by oms_channels.

        :param pickings: done outgoing transfers, each with its tracking reference
        """

    def _oms_on_refunded(self, refunds):
        """Credit notes of these orders were posted; extended by oms_channels."""

    def _oms_on_refunded_by_channel(self, refunds):
        """Credit notes were posted of what a channel itself has given back.

        The channel need not be told: it knows. For whoever keeps count of refunds.
        """

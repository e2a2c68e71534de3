# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.coordinator import solve
from ..engine.plan import Plan
from ..engine.problem import Node, Order, Problem
from ..engine.quantities import Quantities, exact


class SaleOrder(models.Model):
    """From orders to the engine's question, and back to one plan per order."""

    _inherit = "sale.order"

    def _oms_solve(self):
        """What routing would decide now, for all these orders against one stock.

        Writes nothing. The earliest order takes first. Stock is read once, without a
        lock: exact within these orders, not against others that confirm meanwhile.

        :return: ({order: Plan}, {order: policy}); without the orders that have no
            goods kept in stock
        """
        orders = self.sorted(lambda order: (order.date_order, order.id))
        demands = orders._get_oms_demands()
        orders = orders.filtered(lambda order: demands.get(order.id))
        if not orders:
            return {}, {}
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "in", orders.company_id.ids)]
        )
        stock = self._read_oms_stock(demands, warehouses)
        policies = self.env["oms.routing.policy"]._find_for(orders)
        steps = {
            str(policy.id): policy._build() if policy else ()
            for policy in {*policies.values()}
        }
        plans: dict[int, Plan] = {}
        for company, mine in orders.grouped("company_id").items():
            places = warehouses.filtered(lambda w, c=company: w.company_id == c)
            problem = Problem(
                orders=tuple(
                    order._prepare_oms_order(demands[order.id], policies[order])
                    for order in mine
                ),
                nodes=tuple(self._prepare_oms_node(place) for place in places),
                stock=stock,
            )
            plans |= {plan.order: plan for plan in solve(problem, steps)}
        return {order: plans[order.id] for order in orders}, policies

    # === READING ===

    def _get_oms_demands(self):
        """Goods kept in stock that these orders ask for: {order id: demands}."""
        lines = self.order_line.filtered(
            lambda line: line.product_id.type == "consu" and line.product_uom_qty > 0
        )
        kits = lines.product_id._get_oms_kit_components()
        parts = self.env["product.product"].browse(
            {part for components in kits.values() for part in components}
        )
        stored = set(parts.filtered("is_storable").ids)
        demands = {}
        for line in lines:
            recipe = kits.get(line.product_id.id)
            components = Quantities(
                (part, exact(per_kit))
                for part, per_kit in (recipe or {}).items()
                if part in stored
            )
            if components or (recipe is None and line.product_id.is_storable):
                demands.setdefault(line.order_id.id, []).append(
                    line._prepare_oms_demand(components)
                )
        return demands

    def _read_oms_stock(self, demands, warehouses):
        """What each place can promise: {warehouse id: Quantities}."""
        products = self.env["product.product"].browse(
            {
                product
                for lines in demands.values()
                for demand in lines
                for product in demand.per_unit
            }
        )
        shelves = {warehouse.id: [] for warehouse in warehouses}
        free = products._get_oms_availability(warehouses)
        for (product, warehouse), quantity in free.items():
            shelves[warehouse].append((product, exact(quantity)))
        return {place: Quantities(shelf) for place, shelf in shelves.items()}

    # === VALUES OF THE ENGINE ===

    def _prepare_oms_order(self, demands, policy) -> Order:
        """One order as the engine reads it; extend to tell it more."""
        # A channel whose only place is closed has no place, not every place.
        channel = self.oms_channel_id.with_context(active_test=False)
        return Order(
            id=self.id,
            demands=tuple(demands),
            ship_to=self.partner_shipping_id._get_oms_place(),
            policy=str(policy.id),
            channel=channel.name or "",
            places=tuple(sorted(channel.warehouse_ids.ids)) or None,
        )

    def _prepare_oms_node(self, warehouse) -> Node:
        """One place as the engine reads it; extend to tell it more."""
        return Node(
            id=warehouse.id,
            name=warehouse.name,
            place=warehouse.partner_id._get_oms_place(),
            sequence=warehouse.sequence,
            kind=warehouse.oms_kind,
        )

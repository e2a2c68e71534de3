# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class OmsApi(models.AbstractModel):
    _inherit = "oms.api"

    # === ROUTING ===

    @api.model
    def route_orders(self, refs, dry_run=False):
        """Choose the places that ship orders.

        :param list refs: order names, the channel's numbers or the channel's keys
        :param bool dry_run: only say what would be decided; nothing is changed
        :return: one dict per ref, in the order of the refs: ``result`` is one of
            whole, split, partial, waiting, unfillable (see ``message``); ``nothing``
            for an order without goods kept in stock; ``refused`` for one that cannot
            be routed now; ``unknown`` for a ref that names no order. ``nodes`` are
            {code, lines: [{sku, quantity}]}, ``candidates`` every place with
            {code, chosen, distance_km, reason}; quantities in the products' units
        """
        refs = [str(ref) for ref in refs]
        found = self._find_orders(refs)
        orders = self.env["sale.order"].union(*found.values())
        if not dry_run:
            orders.check_access("write")
        refused = self._get_route_refusals(orders, dry_run)
        answers = self._route(orders.filtered(lambda o: o not in refused), dry_run)
        answers |= {
            order: {"result": "refused", "message": reason}
            for order, reason in refused.items()
        }
        unknown = self.env["sale.order"]
        return [
            {"ref": ref, "order": order.name or None, **answers[order]}
            if (order := found.get(ref, unknown))
            else self._prepare_unknown_route(ref)
            for ref in refs
        ]

    def _route(self, orders, dry_run):
        routed = orders.sudo()  # the place must not depend on what the caller may read
        plans, policies = routed._oms_solve()
        if not dry_run:
            routed._oms_apply_plans(plans, policies)
            confirmed = orders.filtered(lambda order: order.state == "sale")
            confirmed.with_context(oms_bulk=True).order_line._action_launch_stock_rule()
        places = (
            self.env["stock.warehouse"]
            .sudo()
            .browse(  # names of every place
                {c.node for plan in plans.values() for c in plan.candidates}
            )
        )
        codes = {place.id: place.code for place in places}
        nothing = self.env._("Nothing in this order is kept in stock.")
        return {
            order: self._prepare_route(order, plans[order], codes)
            if order in plans
            else {"result": "nothing", "message": nothing}
            for order in orders
        }

    def _get_route_refusals(self, orders, dry_run):
        """Why orders cannot be routed now: {order: sentence}."""
        held = orders._oms_get_holds("allocate")
        reasons = {}
        for order in orders:
            transfers = order.picking_ids.filtered(lambda p: p.state != "cancel")
            if order.state == "cancel":
                reasons[order] = self.env._(
                    "Order %(order)s is cancelled.", order=order.name
                )
            elif order.oms_is_pickup:
                reasons[order] = self.env._(
                    "The buyer of order %(order)s fetches it at %(place)s: the place "
                    "is theirs to choose.",
                    order=order.name,
                    place=order.warehouse_id.name,
                )
            elif transfers:
                reasons[order] = self.env._(
                    "Order %(order)s is at work in %(transfers)s. Cancel that to "
                    "route the order again.",
                    order=order.name,
                    transfers=", ".join(transfers.mapped("name")),
                )
            elif not dry_run and order in held.order_id:
                reasons[order] = self.env._(
                    "Order %(order)s is on hold (%(types)s). Release the hold to "
                    "route the order.",
                    order=order.name,
                    types=", ".join((held & order.oms_hold_ids).type_id.mapped("name")),
                )
        return reasons

    # === VALUES ===

    def _prepare_unknown_route(self, ref):
        return {
            "ref": ref,
            "order": None,
            "result": "unknown",
            "message": self.env._("No order has the number %(ref)s.", ref=ref),
        }

    def _prepare_route(self, order, plan, codes):
        render = self.env["oms.routing.decision"]._render
        return {
            "result": plan.outcome,
            "message": render(plan.sentence),
            "nodes": [
                {"code": codes[node], "lines": self._prepare_shares(order, plan, node)}
                for node in plan.nodes
            ],
            "waiting": [
                {
                    "sku": order.order_line.browse(part.line).product_id.default_code
                    or None,
                    "quantity": float(part.quantity),
                    "code": codes[part.node],
                }
                for part in plan.backorders
            ],
            "candidates": [
                {
                    "code": codes[candidate.node],
                    "chosen": candidate.chosen,
                    "distance_km": candidate.distance_km,
                    "reason": render(candidate.reason) if candidate.reason else None,
                }
                for candidate in plan.candidates
            ],
        }

    def _prepare_shares(self, order, plan, node):
        return [
            {
                "sku": order.order_line.browse(part.line).product_id.default_code
                or None,
                "quantity": float(part.quantity),
            }
            for part in plan.assignments
            if part.node == node
        ]

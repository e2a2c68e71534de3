# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timezone

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..engine.availability import Stock, pooled


class OmsApi(models.AbstractModel):
    """What other programs may call, over XML-RPC and JSON-2 alike.

    Lists in, one result per item out, JSON types only; amounts are decimal
    strings, times ISO 8601 in UTC. Keys of the results are stable. What is not there
    is an empty text, since XML-RPC knows no null.
    """

    _name = "oms.api"
    _description = "Order Management API"

    # === RIGHTS ===

    def _with_rights(self):
        """The API with the rights it needs, for those who may call it.

        A program gets the role *Connector* and no right on any model: what it may
        do is what the API does, in the companies of its user.
        """
        callers = ("oms_core.group_oms_connector", "oms_core.group_oms_user")
        if not self.env.su and not any(map(self.env.user.has_group, callers)):
            raise AccessError(
                self.env._(
                    "Calling oms.api needs the role “Connector (API)” or “User” of "
                    "Order Management. Ask an administrator to give it to %(user)s.",
                    user=self.env.user.name,
                )
            )
        return self.sudo()  # see the docstring; companies are in every domain

    # === ORDERS ===

    @api.model
    def order_status(self, refs, channel=None):
        """The state of orders.

        :param list refs: order names, the channel's numbers or the channel's keys
        :param str channel: code of the channel that the numbers belong to
        :return: one dict per ref, in the order of the refs; ``order`` is empty for
            a ref that names no order, and ``message`` says so
        """
        api = self._with_rights()
        refs = [str(ref) for ref in refs]
        found = api._find_orders(refs, channel)
        statuses = api._prepare_statuses(api.env["sale.order"].union(*found.values()))
        return [
            {"ref": ref, **statuses[found[ref].id]}
            if found.get(ref)
            else {
                "ref": ref,
                "order": "",
                "message": self.env._("No order has the number %(ref)s.", ref=ref),
            }
            for ref in refs
        ]

    def _find_orders(self, refs, channel=None):
        domain = [
            ("company_id", "in", self.env.companies.ids),
            "|",
            "|",
            ("name", "in", refs),
            ("oms_external_number", "in", refs),
            ("oms_external_id", "in", refs),
        ]
        if channel:
            domain += [("oms_channel_id", "=", self._get_channel(channel).id)]
        found = {}
        for order in self.env["sale.order"].search(domain, order="id"):
            for ref in (order.oms_external_number, order.oms_external_id, order.name):
                if ref:
                    found[ref] = order
        return found

    def _get_channel(self, code):
        channel = self.env["oms.channel"].search(
            [("code", "=", code), ("company_id", "in", self.env.companies.ids)], limit=1
        )
        if not channel:
            raise UserError(
                self.env._(
                    "There is no channel with the code “%(code)s”. The codes are "
                    "listed under Configuration / Channels.",
                    code=code,
                )
            )
        return channel

    def _prepare_statuses(self, orders):
        """Statuses by order id; extended by the siblings to add what they know."""
        return {order.id: self._prepare_status(order) for order in orders}

    def _prepare_status(self, order):
        payments = order.oms_payment_ids
        return {
            "order": order.name,
            "external_id": order.oms_external_id or "",
            "state": order.oms_state,
            "payment_state": order.oms_payment_state,
            "return_state": order.oms_return_state,
            "ship_by": self._instant(order.oms_ship_by) if order.oms_ship_by else "",
            "deliver_by": order.oms_deliver_by.isoformat()
            if order.oms_deliver_by
            else "",
            "currency": order.currency_id.name,
            "total": self._amount(order.amount_total, order.currency_id),
            "tax": self._amount(order.amount_tax, order.currency_id),
            "paid": self._amount(
                sum(payments.filtered(lambda p: p.kind == "capture").mapped("amount")),
                order.currency_id,
            ),
            "refunded": self._amount(
                sum(payments.filtered(lambda p: p.kind == "refund").mapped("amount")),
                order.currency_id,
            ),
            "lines": [
                self._prepare_line_status(line)
                for line in order.order_line
                if line.product_id and not line.display_type
            ],
            "parcels": [
                self._prepare_parcel_status(picking)
                for picking in order.picking_ids
                if picking.picking_type_code == "outgoing" and picking.state != "cancel"
            ],
            "holds": [
                {"type": hold.type_id.code, "reason": hold.reason}
                for hold in order.oms_open_hold_ids
            ],
            "events": [
                {
                    "kind": event.kind,
                    "date": self._instant(event.date),
                    "sentence": event.sentence,
                }
                for event in order.oms_event_ids.sorted("id")
            ],
        }

    def _prepare_line_status(self, line):
        moves = line.move_ids.filtered(lambda move: move.state != "cancel")
        out = moves.filtered(lambda move: move.location_dest_usage == "customer")
        back = moves.filtered(lambda move: move.location_usage == "customer")
        return {
            "sku": line.oms_external_sku or line.product_id.default_code or "",
            "ordered": line.product_uom_qty,
            "allocated": sum(
                out.filtered(lambda m: m.state != "done").mapped("quantity")
            ),
            "shipped": sum(
                out.filtered(lambda m: m.state == "done").mapped("quantity")
            ),
            "returned": sum(
                back.filtered(lambda m: m.state == "done").mapped("quantity")
            ),
        }

    def _prepare_parcel_status(self, picking):
        return {
            "node": picking.picking_type_id.warehouse_id.code,
            "carrier": picking.carrier_id.name or "",
            "tracking": picking.carrier_tracking_ref or "",
            "state": picking.state,
        }

    # === AVAILABILITY ===

    @api.model
    def availability(self, skus, channel=None, warehouses=None, until=None):
        """What can still be promised of products.

        :param list skus: internal references
        :param str channel: code of a channel: only places that ship for it count,
            and ``available`` is what it may sell, its buffer taken off
        :param list warehouses: codes of places; default all
        :param str until: ISO 8601 in UTC: also count what is expected by then
        :return: one dict per SKU: available, incoming, and the same per node
        """
        api = self._with_rights()
        shop = api._get_channel(channel) if channel else api.env["oms.channel"]
        nodes = api._get_nodes(shop, warehouses)
        products = api.env["product.product"].search([("default_code", "in", skus)])
        by_sku = {product.default_code: product for product in products}
        answer = products._get_oms_availability(
            nodes, shop, api._moment(until), with_terms=True
        )
        return [
            api._prepare_availability(sku, by_sku.get(sku), nodes, shop, answer)
            for sku in skus
        ]

    def _get_nodes(self, channel, warehouses):
        nodes = (
            channel._get_oms_nodes()
            if channel
            else self.env["stock.warehouse"].search(
                [("company_id", "in", self.env.companies.ids)]
            )
        )
        if warehouses:
            nodes = nodes.filtered(lambda node: node.code in warehouses)
        return nodes

    def _prepare_availability(self, sku, product, nodes, channel, answer):
        if not product:
            message = self.env._(
                "No product has the internal reference %(sku)s.", sku=sku
            )
            return {
                "sku": sku,
                "available": 0.0,
                "incoming": 0.0,
                "nodes": [],
                "message": message,
            }
        stock = [(node, answer.stock.get((product.id, node.id))) for node in nodes]
        shelves = [(node, shelf or Stock()) for node, shelf in stock]
        return {
            "sku": sku,
            "available": answer.channels.get((product.id, channel.id), 0.0)
            if channel
            else pooled(shelf for _node, shelf in shelves),
            "incoming": sum(shelf.incoming for _node, shelf in shelves),
            "nodes": [
                {"code": node.code, "available": shelf.available}
                for node, shelf in shelves
            ],
        }

    # === FORMATS ===

    def _amount(self, amount, currency):
        return f"{currency.round(amount):.{currency.decimal_places}f}"

    def _moment(self, text):
        """ISO 8601 to naive UTC, as Odoo keeps it; nothing stays nothing."""
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError as error:
            raise UserError(
                self.env._(
                    "“%(text)s” is no moment. Write it as 2026-01-31T12:00:00Z.",
                    text=text,
                )
            ) from error
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
        return moment

    def _instant(self, moment):
        return moment.isoformat(timespec="seconds") + "Z"

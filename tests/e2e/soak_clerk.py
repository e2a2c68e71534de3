# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A clerk who answers what the orders ask: looks into the shop and follows it.

What the shop has cancelled after it left is stopped on its way and comes back; what it
has shipped although money was missing has left; the rest is taken over.
"""

import contextlib
from decimal import Decimal

from tests.e2e.soak_order import Order
from tests.e2e.soak_server import UNREACHABLE, Refused, Server

ASKING = """
    SELECT DISTINCT o.id, o.name, o.oms_external_id
      FROM oms_hold h JOIN sale_order o ON o.id = h.order_id
      JOIN oms_channel c ON c.id = o.oms_channel_id
     WHERE c.code = %s AND h.is_open AND h.data ->> 'asked' = 'true'
"""
# What is with the buyer, the newest parcel first; of a kit each part.
AWAY = """
    SELECT l.oms_external_id, m.picking_id, m.id,
           COALESCE(b.product_qty / k.product_qty, 1),
           m.quantity - COALESCE((
               SELECT sum(r.quantity) FROM stock_move r
                WHERE r.origin_returned_move_id = m.id AND r.state = 'done'), 0)
      FROM stock_move m
      JOIN stock_picking_type t ON t.id = m.picking_type_id
      JOIN sale_order_line l ON l.id = m.sale_line_id
 LEFT JOIN mrp_bom_line b ON b.id = m.bom_line_id
 LEFT JOIN mrp_bom k ON k.id = b.bom_id
     WHERE l.order_id = %s AND m.state = 'done' AND t.code = 'outgoing'
  ORDER BY m.picking_id DESC
"""
OPEN = """
    SELECT o.name FROM sale_order o JOIN oms_channel c ON c.id = o.oms_channel_id
     WHERE c.code IN %s AND o.oms_external_id IS NOT NULL AND o.state = 'sale'
       AND NOT (o.oms_external_id = ANY(%s))
       AND NOT EXISTS (SELECT 1 FROM stock_picking p
                        WHERE p.sale_id = o.id AND p.state = 'done')
       AND NOT EXISTS (SELECT 1 FROM oms_hold h WHERE h.order_id = o.id AND h.is_open)
  ORDER BY random() LIMIT 1
"""
NOTHING = Decimal(0)


class Clerk:
    def __init__(self, server: Server, codes: tuple[str, ...]):
        self.server, self.codes = server, codes

    def cancel(self, own: list[str]) -> int:
        """How many orders are cancelled now: one, if any can be.

        :param own: keys of orders that their shop packs itself
        """
        rows = self.server.query(OPEN, (self.codes, own))
        for (name,) in rows:
            [done] = self.server.call("oms.api", "cancel_orders", [name], "customer")
            if done["result"] == "cancelled":
                return 1
        return 0

    def answer(self, code: str, there: dict[str, Order]) -> set[str]:
        """Names of the orders that have asked.

        :param there: the orders as their shop has them
        """
        asking = self.server.query(ASKING, (code,))
        for number, name, key in asking:
            # What is refused goes on asking.
            with contextlib.suppress(*UNREACHABLE):
                self._follow(number, name, there[key])
        return {name for _number, name, _key in asking}

    def _follow(self, number: int, name: str, order: Order) -> None:
        self._stop_parcels(number, order)
        if order.parcels:
            # The shop has let the goods go: waiting for money is over.
            self.server.call(
                *("oms.api", "release_holds", [name], "payment"),
                "the shop has shipped it",
            )
        self._empty_tables(number)
        self.server.call("sale.order", "action_oms_take_over", [number])

    def _empty_tables(self, order: int) -> None:
        """What is not shipped yet is taken out of its parcel."""
        begun = [("sale_id", "=", order), ("state", "not in", ("done", "cancel"))]
        pickings = self.server.call("stock.picking", "search", begun)
        label = {"carrier_tracking_ref": False}
        self.server.call("stock.picking", "write", pickings, label)

    # === GOODS THAT COME BACK ===

    def _stop_parcels(self, number: int, order: Order) -> None:
        for parcel, units in self._plan_returns(number, order).items():
            wizard = self.server.call(
                *("stock.return.picking", "create", {"picking_id": parcel}),
                context={"active_id": parcel, "active_model": "stock.picking"},
            )
            rows = self.server.call(
                *("stock.return.picking.line", "search_read"),
                [("wizard_id", "=", wizard)],
                ["move_id"],
            )
            for row in rows:
                back = {"quantity": float(units.get(row["move_id"][0], NOTHING))}
                self.server.call("stock.return.picking.line", "write", row["id"], back)
            made = self.server.call(
                "stock.return.picking", "action_create_returns", [wizard]
            )
            done = self.server.call(
                "stock.picking", "button_validate", [made["res_id"]]
            )
            if done is not True:
                raise Refused(f"transfer {made['res_id']} asks: {done}")

    def _plan_returns(self, number: int, order: Order) -> dict[int, dict[int, Decimal]]:
        """What has left and should not have: {transfer: {move: units}}"""
        parts: dict[str, dict[int, list]] = {}
        for line, parcel, move, per_unit, units in self.server.query(AWAY, (number,)):
            moves = parts.setdefault(line, {}).setdefault(parcel, [])
            moves.append((move, Decimal(str(per_unit)), Decimal(str(units))))
        plan: dict[int, dict[int, Decimal]] = {}
        for line, parcels in parts.items():
            wanted = NOTHING if order.is_cancelled else order.lines.get(line, NOTHING)
            away = {
                parcel: min(units / per_unit for _move, per_unit, units in moves)
                for parcel, moves in parcels.items()
            }
            excess = sum(away.values(), NOTHING) - wanted
            for parcel, moves in parcels.items():
                back = min(excess, away[parcel])
                if back <= 0:
                    continue
                excess -= back
                mine = plan.setdefault(parcel, {})
                mine |= {move: back * per_unit for move, per_unit, _units in moves}
        return plan

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Those who pick and pack: each ships some of what is ready, some of it in part."""

import random

from tests.e2e.soak_server import Server

READY = """
    SELECT p.id FROM stock_picking p JOIN sale_order o ON o.id = p.sale_id
      JOIN oms_channel c ON c.id = o.oms_channel_id
     WHERE p.state = 'assigned' AND c.code IN %s AND o.oms_external_id IS NOT NULL
       AND NOT (o.oms_external_id = ANY(%s))
       -- Each packs what lies on his own table; some orders wait for another day.
       AND p.id %% %s = %s AND o.id %% 4 > 0
       AND NOT EXISTS (SELECT 1 FROM oms_hold h WHERE h.order_id = o.id AND h.is_open)
  ORDER BY random() LIMIT %s
"""
# A transfer done, and what is left of it becomes another one.
IN_PART = {"skip_backorder": True, "skip_sms": True}


class Packer:
    def __init__(
        self, server: Server, codes: tuple[str, ...], table: tuple[int, int], seed: int
    ):
        """:param table: of so many tables, which one"""
        self.server, self.codes, self.table = server, codes, table
        self.chance = random.Random(f"packer/{seed}/{table}")
        self.unlabelled: list[int] = []

    def ship(self, own: list[str], most: int = 6) -> int:
        """How many parcels have left now.

        :param own: keys of orders that their shop packs itself
        """
        rows = self.server.query(READY, (self.codes, own, *self.table, most))
        for (picking,) in rows:
            self._ship(picking)
        if self.unlabelled and self.chance.random() < 0.5:
            self._label(self.unlabelled[0])
            del self.unlabelled[0]
        return len(rows)

    def _ship(self, picking: int) -> None:
        if self.chance.random() < 0.3:
            self._take_a_part(picking)
        has_label = self.chance.random() < 0.85
        if has_label:
            self._label(picking)
        done = self.server.call(
            "stock.picking", "button_validate", [picking], context=IN_PART
        )
        assert done is True, done
        # The carrier tells some numbers later, and of some parcels none.
        if not has_label and self.chance.random() < 0.7:
            self.unlabelled.append(picking)

    def _label(self, picking: int) -> None:
        label = {"carrier_tracking_ref": f"SOAK-{picking}"}
        self.server.call("stock.picking", "write", [picking], label)

    def _take_a_part(self, picking: int) -> None:
        """One unit less of one of several; the other ones go."""
        moves = self.server.call(
            "stock.move",
            "search_read",
            [("picking_id", "=", picking), ("bom_line_id", "=", False)],
            ["quantity"],
        )
        if sum(move["quantity"] for move in moves) > 1:
            move = self.chance.choice(moves)
            less = {"quantity": move["quantity"] - 1}
            self.server.call("stock.move", "write", [move["id"]], less)

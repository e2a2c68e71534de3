# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One buyer's order that two processes capture at the same moment.

A program, run with the name of a database; prints the facts as JSON, which
`test_same_order_twice.py` judges.
"""

import json
import sys
from typing import Any

from tests.e2e.last_unit import BULK, Shop, race

RACES = {"plain, plain": (False, False), "bulk, bulk": (True, True)}


class TwinShop(Shop):
    """There is enough for both: they do not meet over the goods."""

    def open(self, sku: str, units: int, orders: int) -> None:
        super().open(sku, 10 * units, orders)
        with self.registry.cursor() as cr:
            env = self.env(cr, **BULK)
            # A stock row each: the guard of the last unit is not what is tested.
            products = env["product.product"].create(
                [{"name": f"{sku} service", "type": "service"}]
            )
            channel = env["oms.channel"].create({"name": sku, "code": sku})
            twins = env["sale.order"].browse(self.orders)
            twins.order_line.product_id = products
            twins.oms_channel_id = channel

    def facts(self) -> dict[str, Any]:
        with self.registry.cursor() as cr:
            cr.execute(FACTS, {"orders": self.orders})
            return cr.dictfetchone()


FACTS = """
    SELECT COUNT(*) FILTER (WHERE state = 'sale')::int AS confirmed,
           (SELECT COUNT(*) FROM oms_hold hold
              JOIN oms_hold_type kind ON kind.id = hold.type_id
             WHERE hold.order_id = ANY(%(orders)s) AND kind.code = 'duplicate'
           )::int AS held
      FROM sale_order WHERE id = ANY(%(orders)s)
"""


def main() -> None:
    shop = TwinShop(sys.argv[1])
    facts = {name: race(shop, bulk=bulk) for name, bulk in RACES.items()}
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    main()

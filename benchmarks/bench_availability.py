# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be promised, of 1,000 products at 20 nodes for 5 channels: one statement,
beside asking Odoo for `free_qty` at each warehouse.

    ./oms bench availability

Both sides read the same stock in the same run, with nothing cached. Odoo's figure is
on hand less what is reserved; ours also takes off demand that is not reserved, safety
stock and buffers, and tells the channels' figures, so it does more.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.harness import boot


def make_world(env: Any, products: int, nodes: int, channels: int) -> tuple[Any, ...]:
    """Products with stock at every node, open demand for a part of it, buffers."""
    draw = random.Random("availability")
    goods = make_products(env, products)
    places = env["stock.warehouse"].create(
        [{"name": f"Node {n}", "code": f"AV{n:02d}"} for n in range(nodes)]
    )
    shops = make_channels(env, draw, places, channels)
    make_stock(env, draw, goods, places)
    env["oms.safety.stock"].create(
        [
            {"product_id": product.id, "warehouse_id": place.id, "quantity": 2}
            for product in goods
            for place in draw.sample(list(places), min(4, nodes))
        ]
    )
    make_demand(env, draw, goods, places)
    env.flush_all()
    env.cr.execute("ANALYZE stock_quant, stock_move, stock_location, oms_safety_stock")
    return goods, places, shops


def make_products(env: Any, products: int) -> Any:
    return env["product.product"].create(
        [
            {
                "name": f"Product {number}",
                "default_code": f"AVAIL-{number:04d}",
                "type": "consu",
                "is_storable": True,
            }
            for number in range(products)
        ]
    )


def make_channels(env: Any, draw: random.Random, places: Any, channels: int) -> Any:
    """Each ships from a half of the places, and keeps something back."""
    return env["oms.channel"].create(
        [
            {
                "name": f"Channel {number}",
                "code": f"avail_{number}",
                "warehouse_ids": [(6, 0, draw.sample(places.ids, len(places) // 2))],
                "buffer_quantity": number,
                "buffer_percent": 5 * number,
            }
            for number in range(channels)
        ]
    )


def make_stock(env: Any, draw: random.Random, goods: Any, places: Any) -> None:
    """Twenty thousand rows: past the ORM, which would take minutes."""
    rows = [
        (
            product_id,
            place.lot_stock_id.id,
            place.company_id.id,
            draw.randint(0, 50),
            0,
            place.create_date,
        )
        for place in places
        for product_id in goods.ids
    ]
    env.flush_all()
    env.cr.execute(
        "INSERT INTO stock_quant (product_id, location_id, company_id, quantity,"
        " reserved_quantity, in_date) SELECT * FROM unnest(%s, %s, %s, %s, %s, %s)",
        [list(column) for column in zip(*rows, strict=True)],
    )
    env.invalidate_all()


def make_demand(env: Any, draw: random.Random, goods: Any, places: Any) -> None:
    """An open demand for each product, somewhere."""
    buyer = env.ref("stock.stock_location_customers")
    moves = env["stock.move"].create(
        [
            {
                "product_id": product.id,
                "product_uom_qty": draw.randint(1, 5),
                "location_id": place.lot_stock_id.id,
                "location_dest_id": buyer.id,
            }
            for product in goods
            for place in draw.sample(list(places), 1)
        ]
    )
    moves.write({"state": "confirmed"})


def measure(env: Any, run: Callable[[], Any]) -> tuple[float, int]:
    """Seconds and statements of one call that finds nothing cached."""
    env.flush_all()
    env.invalidate_all()
    sql, start = env.cr.sql_log_count, time.perf_counter()
    run()
    return time.perf_counter() - start, env.cr.sql_log_count - sql


def ask_odoo(goods: Any, places: Any) -> dict[tuple[int, int], float]:
    return {
        (product.id, place.id): product.free_qty
        for place in places
        for product in goods.with_context(warehouse_id=place.id)
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="a scratch database")
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=20)
    parser.add_argument("--channels", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    env = boot(args.database)
    goods, places, shops = make_world(env, args.products, args.nodes, args.channels)
    plain, ours = [], []
    for _round in range(args.rounds):
        plain.append(measure(env, lambda: ask_odoo(goods, places)))
        ours.append(measure(env, lambda: goods._get_oms_availability(places, shops)))
    answer = goods._get_oms_availability(places, shops)
    odoo = {key for key, free in ask_odoo(goods, places).items() if free}
    assert odoo <= set(answer), "the answer is not whole"
    assert len(answer.channels) > args.products, "channels are missing"
    env.cr.rollback()
    env.cr.close()
    report(args, plain, ours)
    return 0


def report(args: argparse.Namespace, plain: list, ours: list) -> None:
    rows = {
        name: {
            "seconds": statistics.median(seconds for seconds, _sql in measures),
            "sql": statistics.median(sql for _seconds, sql in measures),
        }
        for name, measures in (("plain", plain), ("ours", ours))
    }
    ratio = rows["plain"]["seconds"] / rows["ours"]["seconds"]
    if args.json:
        print(json.dumps({**vars(args), **rows, "ratio": ratio}, indent=2))
        return
    print(
        f"{args.products} products, {args.nodes} nodes, {args.channels} channels; "
        f"medians of {args.rounds} rounds"
    )
    print(f"{'':34}{'seconds':>10}{'statements':>12}")
    for title, name in (
        ("Odoo's free_qty per warehouse", "plain"),
        ("ours, with channels", "ours"),
    ):
        print(f"{title:34}{rows[name]['seconds']:10.3f}{rows[name]['sql']:12.0f}")
    print(f"{'ratio':34}{ratio:9.1f}x")


if __name__ == "__main__":
    sys.exit(main())

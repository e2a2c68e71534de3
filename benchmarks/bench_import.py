# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Our import beside plain Odoo: same run, same database, same orders.

A: plain Odoo creates and confirms one order, commits, and starts the next with
an empty cache, as a connector's job does. B: batches under ``oms_bulk``. The two
take turns, so that what else the machine does hits both.
"""

import argparse
import cProfile
import json
import pstats
import statistics
import sys
import uuid
from collections.abc import Callable
from typing import Any

from harness import (
    Measure,
    Spec,
    boot,
    make_catalogue,
    make_customers,
    make_specs,
    make_tax,
    stopwatch,
)


def sale_values(spec: Spec, tax_id: int) -> dict[str, Any]:
    """What a connector hands to plain Odoo."""
    return {
        "partner_id": spec.partner_id,
        "client_order_ref": spec.ref,
        "order_line": [
            (
                0,
                0,
                {
                    "product_id": product_id,
                    "product_uom_qty": quantity,
                    "price_unit": price,
                    "tax_ids": [(6, 0, [tax_id])],
                },
            )
            for product_id, _sku, quantity, price in spec.lines
        ],
    }


def run_plain(env: Any, specs: list[Spec], tax_id: int) -> list[int]:
    """One order at a time, each in its own transaction, with a cold cache."""
    ids = []
    for spec in specs:
        env.invalidate_all()
        order = env["sale.order"].create(sale_values(spec, tax_id))
        order.action_confirm()
        env.cr.commit()
        ids += order.ids
    return ids


def complete_values(env: Any, spec: Spec, tax_id: int) -> dict[str, Any]:
    """The same order with what the importer knows anyway."""
    values = sale_values(spec, tax_id)
    products = env["product.product"].browse(line[0] for line in spec.lines)
    for product, command in zip(products, values["order_line"], strict=True):
        command[2].update(
            {
                "name": product.display_name,
                "product_uom_id": product.uom_id.id,
                "discount": 0.0,
                "customer_lead": product.sale_delay,
            }
        )
    return values | {
        "partner_invoice_id": spec.partner_id,
        "partner_shipping_id": spec.partner_id,
    }


def run_confirm(env: Any, specs: list[Spec], tax_id: int, batch: int) -> list[int]:
    """Create and confirm in batches, each in its own transaction."""
    order_model = env["sale.order"].with_context(oms_bulk=True, tracking_disable=True)
    ids = []
    for start in range(0, len(specs), batch):
        env.invalidate_all()
        orders = order_model.create(
            [
                complete_values(env, spec, tax_id)
                for spec in specs[start : start + batch]
            ]
        )
        orders.action_confirm()
        env.cr.commit()
        ids += orders.ids
    return ids


def make_payload(spec: Spec, customer: Any) -> dict[str, Any]:
    """The order as its channel would send it: text, taxes charged per line."""
    lines = [
        {
            "external_id": str(number),
            "sku": sku,
            "name": f"Benchmark {sku}",
            "quantity": str(quantity),
            "unit_price": f"{price:.2f}",
            "taxes": [
                {
                    "title": "Benchmark",
                    "rate": "0.08",
                    "amount": f"{round(quantity * price * 0.08 + 1e-9, 2):.2f}",
                }
            ],
        }
        for number, (_id, sku, quantity, price) in enumerate(spec.lines, 1)
    ]
    address = {
        "name": customer.name,
        "street": customer.street,
        "city": customer.city,
        "zip": customer.zip,
        "state": customer.state_id.code,
        "country": customer.country_id.code,
    }
    return {
        "external_id": spec.ref,
        "placed_at": "2026-01-02T03:04:05Z",
        "currency": customer.env.company.currency_id.name,
        "customer": {"external_id": customer.ref, "name": customer.name},
        "ship_to": address,
        "bill_to": address,
        "lines": lines,
        "payments": [],
    }


def make_channel(env: Any, customers: Any) -> Any:
    """A channel that knows these customers; made once."""
    found = env["oms.channel"].search([("code", "=", "bench")])
    if found:
        return found
    warehouse = env["stock.warehouse"].search(
        [("company_id", "=", env.company.id)], order="sequence, id", limit=1
    )
    channel = env["oms.channel"].create(
        {
            "name": "Benchmark",
            "code": "bench",
            "platform": "file",
            "warehouse_ids": [(6, 0, warehouse.ids)],
        }
    )
    env["oms.channel.customer"].create(
        [
            {"channel_id": channel.id, "key": f"id:{c.ref}", "partner_id": c.id}
            for c in customers
        ]
    )
    return channel


def run_import(
    env: Any, channel: Any, payloads: list[dict[str, Any]], batch: int
) -> list[int]:
    """Raw payloads to stored, mapped, confirmed, routed and reserved orders."""
    ids = []
    for start in range(0, len(payloads), batch):
        env.invalidate_all()
        messages = channel._receive_orders(payloads[start : start + batch])
        channel._process_messages(env["oms.channel.message"].union(*messages))
        env.cr.commit()
        ids += [message.order_id.id for message in messages]
    return ids


def check(env: Any, order_ids: list[int], count: int) -> None:
    """Refuse to compare figures of work that was not done."""
    env.invalidate_all()
    orders = env["sale.order"].browse(order_ids)
    assert len(orders) == count, f"{len(orders)} of {count} orders were made"
    assert set(orders.mapped("state")) == {"sale"}, orders.mapped("state")
    states = set(orders.picking_ids.mapped("state"))
    assert states == {"assigned"}, f"deliveries are {states}, not all assigned"
    assert all(orders.mapped("picking_ids")), "an order has no delivery"


def measure(
    env: Any, run: Callable[[list[Spec]], list[int]], specs: list[Spec]
) -> Measure:
    result: list[Measure] = []
    env.invalidate_all()
    with stopwatch(env, len(specs), result):
        ids = run(specs)
    check(env, ids, len(specs))
    env.cr.rollback()
    return result[0]


def median(measures: list[Measure]) -> Measure:
    return Measure(
        statistics.median(m.wall_ms for m in measures),
        statistics.median(m.cpu_ms for m in measures),
        statistics.median(m.sql for m in measures),
    )


def report(args: argparse.Namespace, plain: list[Measure], ours: list[Measure]) -> None:
    """A table for people, or one JSON object for programs."""
    a, b = median(plain), median(ours)
    ratios = {key: getattr(a, key) / getattr(b, key) for key in Measure.__slots__}
    if args.json:
        result = {
            "stage": args.stage,
            "orders": args.orders,
            "batch": args.batch,
            "rounds": args.rounds,
            "plain": {key: getattr(a, key) for key in Measure.__slots__},
            "ours": {key: getattr(b, key) for key in Measure.__slots__},
            "ratio": ratios,
        }
        print(json.dumps(result, indent=2))
        return
    print(
        f"{args.orders} orders of 1-5 lines a round, {args.rounds} rounds, "
        f"batches of {args.batch}; medians, per order"
    )
    print(f"{'':34}{'wall ms':>10}{'CPU ms':>10}{'SQL':>10}")
    for title, row in (
        ("plain Odoo, one order at a time", a),
        (f"ours ({args.stage})", b),
    ):
        print(f"{title:34}{row.wall_ms:10.1f}{row.cpu_ms:10.1f}{row.sql:10.1f}")
    print(
        f"{'ratio':34}{ratios['wall_ms']:9.1f}x{ratios['cpu_ms']:9.1f}x"
        f"{ratios['sql']:9.1f}x"
    )


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="a scratch database")
    parser.add_argument("--orders", type=int, default=200, help="orders a round")
    parser.add_argument("--batch", type=int, default=100, help="orders a batch")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stage", choices=["import", "confirm"], default="import")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--profile", action="store_true", help="show where our side spends its time"
    )
    return parser.parse_args()


def main() -> int:
    args = parse_arguments()
    env = boot(args.database)
    tax_id = make_tax(env).id
    products, customers = make_catalogue(env), make_customers(env)
    env.cr.commit()
    session = uuid.uuid4().hex[:8]
    with_channel = args.stage == "import"
    channel = make_channel(env, customers) if with_channel else None
    by_id = {customer.id: customer for customer in customers}

    def specs(name: str, count: int) -> list[Spec]:
        return make_specs(count, products, customers, f"{session}-{name}")

    def plain(batch: list[Spec]) -> list[int]:
        return run_plain(env, batch, tax_id)

    def ours(batch: list[Any]) -> list[int]:
        if channel:
            return run_import(env, channel, batch, args.batch)
        return run_confirm(env, batch, tax_id, args.batch)

    def orders(name: str, count: int) -> list[Any]:
        """What our side gets: payloads, or specs for the confirmation alone."""
        made = specs(name, count)
        if channel:
            return [make_payload(spec, by_id[spec.partner_id]) for spec in made]
        return made

    # The first confirmation in a process fills caches for good; no round pays it.
    measure(env, plain, specs("warm-plain", 5))
    measure(env, ours, orders("warm-ours", 5))
    if args.profile:
        profile = cProfile.Profile()
        profile.enable()
        measure(env, ours, orders("profile", args.orders))
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(
            r"odoo|addons|benchmarks", 90
        )
        return 0
    results: tuple[list[Measure], list[Measure]] = ([], [])
    for number in range(args.rounds):
        # Plain takes long; fewer orders give the same figure per order.
        results[0].append(measure(env, plain, specs(f"a{number}", args.orders // 2)))
        results[1].append(measure(env, ours, orders(f"b{number}", args.orders)))
    report(args, *results)
    env.cr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

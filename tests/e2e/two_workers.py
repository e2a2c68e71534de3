# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What waits for one channel, processed by one worker, and by two.

A program, run with the name of a database: stores two versions of many orders, or two
parcels of each, forks processes that do what the jobs would, and prints as JSON who had
which message in hand, and when. `test_two_workers.py` judges it.
"""

import json
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from psycopg2 import OperationalError

from tests.e2e.last_unit import FORK, Shop

ORDERS = 200
# Name, workers, what is stored.
RUNS = [
    ("own products, one", 1, "own"),
    ("own products, two", 2, "own"),
    ("same product, one", 1, "same"),
    ("same product, two", 2, "same"),
    ("told, one", 1, "parcels"),
    ("told, two", 2, "parcels"),
]
# Seconds that a shop takes to answer to one parcel.
ANSWER = 0.02


class Span(NamedTuple):
    """A message in the hands of a worker, from its claim until its commit."""

    worker: int
    message: int
    order: str
    start: float
    end: float


class BusyShop(Shop):
    """One channel with two messages of each order, all of them waiting."""

    def store(self, code: str, kind: str) -> None:
        self.method = "_process_outbox" if kind == "parcels" else "_process_inbox"
        with self.registry.cursor() as cr:
            env = self.env(cr)
            channel = env["oms.channel"].create(
                {"name": code, "code": code, "platform": "file"}
            )
            keys = [(f"{code}-{n}", part) for part in "12" for n in range(ORDERS)]
            if kind == "parcels":
                self.store_parcels(channel, keys)
            else:
                self.store_orders(channel, keys, ORDERS if kind == "own" else 1)
            self.channel = channel.id

    def store_parcels(self, channel: Any, keys: list[tuple[str, str]]) -> None:
        from odoo.addons.oms_channels.engine.documents import Shipment

        rows = [
            {
                "kind": "shipment",
                "key": f"{key}-{part}",
                "external_id": key,
                "payload": channel._dump_shipment(Shipment(f"{key}-{part}", key, ())),
            }
            for key, part in keys
        ]
        channel.env["oms.channel.message"]._store(channel, rows, direction="out")

    def store_orders(self, channel: Any, keys: list[Any], products: int) -> None:
        skus = self.stock(channel.env, channel.code, products)
        documents = [
            self.write_order(key, version, skus[at % products])
            for at, (key, version) in enumerate(keys)
        ]
        channel._receive_orders(documents)

    def stock(self, env: Any, code: str, count: int) -> list[str]:
        skus = [f"{code}-{n}" for n in range(count)]
        goods = {"type": "consu", "is_storable": True}
        products = env["product.product"].create(
            [{"name": sku, "default_code": sku, **goods} for sku in skus]
        )
        warehouse = env["stock.warehouse"].search([], order="id", limit=1)
        env["stock.quant"].create(
            [
                {
                    "product_id": product.id,
                    "location_id": warehouse.lot_stock_id.id,
                    "quantity": 10 * ORDERS,
                }
                for product in products
            ]
        )
        return skus

    def write_order(self, key: str, version: str, sku: str) -> dict[str, Any]:
        quantity = int(version)
        payment = {"external_id": key, "kind": "capture", "amount": str(10 * quantity)}
        address = {"name": "Ada Buyer", "street": "1 Elm St", "city": "Reno"}
        address |= {"zip": "89501", "state": "NV", "country": "US"}
        line = {"external_id": "1", "name": sku, "sku": sku, "quantity": version}
        return {
            "external_id": key,
            "version": version,
            "placed_at": "2026-01-02T03:04:05+00:00",
            "currency": "USD",
            "customer": {"external_id": key, "name": "Ada Buyer"},
            "ship_to": address,
            "bill_to": address,
            "lines": [line | {"unit_price": "10.00"}],
            "payments": [payment | {"date": "2026-01-02T03:04:05+00:00"}],
        }

    def facts(self) -> dict[str, Any]:
        with self.registry.cursor() as cr:
            cr.execute(FACTS, {"channel": self.channel})
            return cr.dictfetchone()


FACTS = """
    SELECT (SELECT COUNT(*) FROM oms_channel_message
             WHERE channel_id = %(channel)s AND state = 'done')::int AS done,
           (SELECT COUNT(*) FROM sale_order
             WHERE oms_channel_id = %(channel)s)::int AS orders,
           (SELECT COUNT(*) FROM sale_order o
              JOIN sale_order_line l ON l.order_id = o.id
             WHERE oms_channel_id = %(channel)s AND l.product_uom_qty = 2
               AND o.state = 'sale')::int AS newest
"""


# === THE WORKERS ===


def work(shop: BusyShop, pipe: Connection, number: int) -> None:
    """Do what the jobs do, until nothing waits any more."""
    from odoo.addons.queue_job.exception import RetryableJobError

    spans, refused = [], 0
    while True:
        with shop.registry.cursor() as cr:
            env = shop.env(cr)
            claims = note_claims(env)
            try:
                getattr(env["oms.channel"].browse(shop.channel), shop.method)()
                env.flush_all()
                end = time.monotonic()
                cr.commit()
            except OperationalError:
                cr.rollback()
                refused += 1
                continue
            except RetryableJobError as later:
                cr.rollback()
                refused += not str(later).startswith("another job")
                time.sleep(later.seconds)
                continue
            spans += [Span(number, *claim, end) for claim in claims]
            if not claims and not count_open(cr, shop.channel):
                break
        if not claims:
            time.sleep(0.05)
    pipe.send((spans, refused))


def answer_slowly(shop: BusyShop) -> None:
    """The shop takes every parcel, and its time."""

    def take(_connector: Any, _channel: Any, shipments: list[Any]) -> dict[str, None]:
        time.sleep(ANSWER * len(shipments))
        return {shipment.key: None for shipment in shipments}

    shop.registry["oms.connector.file"]._push_shipments = take


def note_claims(env: Any) -> list[tuple[int, str, float]]:
    """Have the model write down what it claims, and when it has it."""
    model = type(env["oms.channel.message"])
    original = getattr(model, "unwatched_claim", model._claim)
    model.unwatched_claim, claims = original, []

    def watched(self: Any, *arguments: Any) -> Any:
        messages = original(self, *arguments)
        now = time.monotonic()
        claims.extend((row.id, row.external_id, now) for row in messages)
        return messages

    model._claim = watched
    return claims


def count_open(cr: Any, channel: int) -> int:
    cr.execute(
        "SELECT COUNT(*) FROM oms_channel_message WHERE channel_id = %s"
        " AND state IN ('pending', 'failed')",
        [channel],
    )
    return cr.fetchone()[0]


def drain(shop: BusyShop, workers: int) -> tuple[list[Span], int, float]:
    """(who had what and when, how often a worker had to begin anew, seconds)"""
    start, pipes = time.monotonic(), []
    for number in range(workers):
        ours, theirs = FORK.Pipe()
        shop.fork(work, theirs, number)
        # Only the worker holds its end now: that it died is the end of the pipe.
        theirs.close()
        pipes.append(ours)
    answers = [pipe.recv() for pipe in pipes]
    spans = [Span(*span) for found, _refused in answers for span in found]
    return spans, sum(refused for _found, refused in answers), time.monotonic() - start


# === WHAT IS TRUE ===


def judge(spans: list[Span]) -> dict[str, Any]:
    by_order: dict[str, list[Span]] = {}
    for span in spans:
        by_order.setdefault(span.order, []).append(span)
    pairs = [sorted(pair, key=lambda span: span.message) for pair in by_order.values()]
    return {
        "by_worker": sorted(Counter(span.worker for span in spans).values()),
        "twice": len(spans) - len({span.message for span in spans}),
        "at_once": max(
            sum(other.start <= span.start < other.end for other in spans)
            for span in spans
        ),
        "out_of_order": sum(first.end > second.start for first, second in pairs),
    }


def main() -> None:
    shop = BusyShop(sys.argv[1])
    answer_slowly(shop)
    results = {}
    for name, workers, kind in RUNS:
        shop.store(name, kind)
        spans, refused, seconds = drain(shop, workers)
        results[name] = {
            **judge(spans),
            **shop.facts(),
            "refused": refused,
            "per_second": round(len(spans) / seconds, 1),
        }
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()

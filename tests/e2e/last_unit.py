# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Processes of Odoo that reach for the same goods, and what is true afterwards.

A program, run with the name of a database: loads Odoo once, forks processes that
each have their own connection, kills some of them, and prints the facts as JSON.
`test_last_unit.py` judges them.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from multiprocessing.connection import Connection, wait
from typing import Any

from psycopg2 import OperationalError

from benchmarks.harness import boot

FORK = multiprocessing.get_context("fork")
PLAIN = {"tracking_disable": True}
BULK = {"tracking_disable": True, "oms_bulk": True}
WORKERS, ORDERS, UNITS = 4, 200, 10
PATIENCE = 120.0


class Shop:
    """One database, one product of which there is little, many orders for it."""

    def __init__(self, database: str) -> None:
        self.database = database
        env = boot(database)
        self.registry, self.context = env.registry, dict(env.context)
        env.cr.close()
        self.product, self.orders = 0, []

    def env(self, cr: Any, **context: Any) -> Any:
        from odoo import SUPERUSER_ID, api

        return api.Environment(cr, SUPERUSER_ID, {**self.context, **context})

    def open(self, sku: str, units: int, orders: int) -> None:
        with self.registry.cursor() as cr:
            env = self.env(cr, **BULK)
            warehouse = env["stock.warehouse"].search([], order="id", limit=1)
            product = env["product.product"].create(
                {"name": sku, "default_code": sku, "type": "consu", "is_storable": True}
            )
            env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, units
            )
            line = {"product_id": product.id, "product_uom_qty": 1}
            values = {
                "partner_id": env["res.partner"].create({"name": sku}).id,
                "warehouse_id": warehouse.id,
                "order_line": [(0, 0, line)],
            }
            made = env["sale.order"].create([dict(values) for _n in range(orders)])
            self.product, self.orders = product.id, made.ids

    def set_guard(self, on: bool) -> None:
        """Plain Odoo, to show what it does; or ours."""
        with self.registry.cursor() as cr:
            state = "ENABLE" if on else "DISABLE"
            cr.execute(f"ALTER TABLE stock_quant {state} TRIGGER USER")

    def fork(self, work: Any, *arguments: Any) -> Any:
        from odoo import sql_db

        # A connection that two processes share would mix up their transactions.
        sql_db.close_all()
        process = FORK.Process(target=work, args=(self, *arguments), daemon=True)
        process.start()
        return process

    def facts(self) -> dict[str, Any]:
        with self.registry.cursor() as cr:
            cr.execute(FACTS, {"product": self.product, "orders": self.orders})
            return cr.dictfetchone()


FACTS = """
    SELECT (SELECT SUM(quantity) FROM stock_quant
             WHERE product_id = %(product)s)::int
           AS on_hand,
           (SELECT SUM(reserved_quantity) FROM stock_quant
             WHERE product_id = %(product)s)::int AS reserved,
           (SELECT COUNT(*) FROM stock_quant WHERE product_id = %(product)s)::int
           AS quants,
           (SELECT COUNT(*) FROM stock_quant WHERE product_id = %(product)s
               AND (reserved_quantity < 0 OR reserved_quantity > quantity
                    OR quantity IS NULL))::int AS odd_quants,
           (SELECT COALESCE(SUM(quantity), 0) FROM stock_move_line
             WHERE product_id = %(product)s AND state IN ('assigned',
                   'partially_available', 'confirmed', 'waiting'))::int AS on_lines,
           (SELECT COUNT(*) FROM stock_move
             WHERE product_id = %(product)s AND state = 'assigned')::int AS assigned,
           (SELECT COUNT(*) FROM stock_move
             WHERE product_id = %(product)s
               AND state IN ('confirmed', 'waiting'))::int AS waiting,
           (SELECT COUNT(*) FROM sale_order
             WHERE id = ANY(%(orders)s) AND state = 'draft')::int AS draft,
           (SELECT COUNT(*) FROM sale_order
             WHERE id = ANY(%(orders)s) AND state = 'cancel')::int AS cancelled,
           (SELECT COUNT(*) FROM sale_order o WHERE id = ANY(%(orders)s)
               AND 1 != (SELECT COUNT(*) FROM sale_order_line l
                           JOIN stock_move m ON m.sale_line_id = l.id
                           JOIN stock_picking p ON p.id = m.picking_id
                          WHERE l.order_id = o.id
                            AND (m.state = 'cancel') = (o.state = 'cancel'))
           )::int AS half_made,
           (SELECT COUNT(*) FROM pg_locks
             WHERE pid != pg_backend_pid()
               AND database = (SELECT oid FROM pg_database
                                WHERE datname = current_database()))::int AS locks
"""


# === TWO AT THE SAME MOMENT ===


def confirm_when_told(shop: Shop, pipe: Connection, order_id: int, bulk: bool) -> None:
    """One confirmation, step by step; started again as Odoo would."""
    tries = 0
    while True:
        tries += 1
        with shop.registry.cursor() as cr:
            env = shop.env(cr, **(BULK if bulk else PLAIN))
            # The first statement fixes what the transaction sees.
            cr.execute("SELECT pg_backend_pid()")
            if tries == 1:
                pipe.send(cr.fetchone()[0])
                pipe.recv()
            try:
                env["sale.order"].browse(order_id).action_confirm()
                env.flush_all()
            except OperationalError:
                cr.rollback()
                continue
            pipe.send("reserved")
            pipe.recv()
            cr.commit()
            pipe.send(tries)
            return


def race(shop: Shop, *, bulk: tuple[bool, bool]) -> dict[str, Any]:
    """Two orders for one unit; the second starts before the first has committed."""
    shop.open(f"LAST-{bulk}", 1, 2)
    pipes, backends = [], []
    for order_id, in_bulk in zip(shop.orders, bulk, strict=True):
        ours, theirs = FORK.Pipe()
        shop.fork(confirm_when_told, theirs, order_id, in_bulk)
        pipes.append(ours)
        backends.append(ours.recv())
    first, second = pipes
    first.send("go")
    first.recv()
    second.send("go")
    waited = wait_for_lock_or_word(shop, backends[1], second)
    first.send("commit")
    first.recv()
    second.recv()
    second.send("commit")
    tries = second.recv()
    return {**shop.facts(), "waited": waited, "tries": tries}


def wait_for_lock_or_word(shop: Shop, backend: int, pipe: Connection) -> bool:
    """Whether the process waits for a lock; False when it has gone on without."""
    end = time.monotonic() + PATIENCE
    while not pipe.poll(0.02):
        with shop.registry.cursor() as cr:
            cr.execute(
                "SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", [backend]
            )
            if cr.rowcount:
                return True
        assert time.monotonic() < end, "the second neither waits nor goes on"
    return False


# === MANY, AND SOME ARE KILLED ===


def work(shop: Shop, slot: int, seed: int) -> None:
    """Confirm and cancel one's share of the orders, until nothing is left."""
    draw = random.Random(seed)
    mine = shop.orders[slot::WORKERS]
    doomed = mine[::6]
    while True:
        with shop.registry.cursor() as cr:
            orders = shop.env(cr)["sale.order"].browse(mine)
            draft = orders.filtered(lambda order: order.state == "draft").ids
            going = orders.filtered(
                lambda order: order.id in doomed and order.state == "sale"
            ).ids
        if not draft and not going:
            return
        if going and (not draft or draw.random() < 0.3):
            attempt(shop, "_action_cancel", going[:1], PLAIN)
        elif draw.random() < 0.5:
            attempt(shop, "action_confirm", draft[:1], PLAIN)
        else:
            attempt(shop, "action_confirm", draft[: draw.randint(2, 8)], BULK)


def attempt(shop: Shop, method: str, order_ids: list[int], context: dict) -> None:
    """As a request does it: with Odoo's own retries, and an error after the last."""
    from odoo.service.model import retrying

    with shop.registry.cursor() as cr:
        env = shop.env(cr, **context)
        try:
            retrying(getattr(env["sale.order"].browse(order_ids), method), env)
        except OperationalError:
            cr.rollback()


def reserve_waiting(shop: Shop, slot: int, _seed: int) -> None:
    """As the scheduler: ask again for goods for whoever waits."""
    from odoo.service.model import retrying

    with shop.registry.cursor() as cr:
        env = shop.env(cr)
        moves = env["stock.move"].search(
            [("product_id", "=", shop.product), ("state", "=", "confirmed")]
        )
        retrying(moves[slot::WORKERS]._action_assign, env)


def run_workers(shop: Shop, target: Any, kills: int) -> int:
    """Start four; kill some at random moments and put others in their place."""
    draw = random.Random()
    running = {slot: shop.fork(target, slot, slot) for slot in range(WORKERS)}
    killed, end = 0, time.monotonic() + PATIENCE
    while running:
        assert time.monotonic() < end, "the workers do not come to an end"
        wait([p.sentinel for p in running.values()], draw.uniform(0.2, 0.9))
        for slot, process in list(running.items()):
            if process.exitcode == 0:
                del running[slot]
            elif process.exitcode is not None:
                running[slot] = shop.fork(target, slot, draw.randrange(10**6))
        if running and killed < kills:
            os.kill(draw.choice(list(running.values())).pid, signal.SIGKILL)
            killed += 1
    return killed


def stress(shop: Shop) -> dict[str, Any]:
    shop.open("SCARCE", UNITS, ORDERS)
    start = time.monotonic()
    killed = run_workers(shop, work, kills=10)
    run_workers(shop, reserve_waiting, kills=0)
    result = {"killed": killed, "seconds": time.monotonic() - start}
    # Odoo adds rows where one was in use; its scheduler makes them one again.
    result["rows_before_merge"] = shop.facts()["quants"]
    with shop.registry.cursor() as cr:
        quants = shop.env(cr)["stock.quant"]
        result["reserved_before_merge"] = shop.facts()["reserved"]
        quants._merge_quants()
        quants._unlink_zero_quants()
    return {**shop.facts(), **result}


def main() -> None:
    shop = Shop(sys.argv[1])
    facts = {}
    shop.set_guard(False)
    facts["plain Odoo"] = race(shop, bulk=(False, False))
    shop.set_guard(True)
    for name, bulk in (
        ("plain, plain", (False, False)),
        ("plain, bulk", (False, True)),
        ("bulk, plain", (True, False)),
        ("bulk, bulk", (True, True)),
    ):
        facts[name] = race(shop, bulk=bulk)
    facts["stress"] = stress(shop)
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    main()

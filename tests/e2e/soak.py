# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A shop with all its faults on, a server whose processes are killed, a database that
crashes; then quiet. What is true afterwards is for `soak_facts` to say.

The database is a copy in a cluster of its own: nobody else's work may crash.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
import xmlrpc.client
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from emulators.shopify import orders as shop_orders
from emulators.shopify import refunds
from emulators.shopify.control import DEFAULT_TOPICS
from emulators.shopify.faults import NAMES
from emulators.shopify.refund_wishes import refund_by_hand
from emulators.shopify.server import Emulator
from emulators.shopify.store import ShopError
from omscli import processes
from omscli.config import config_path
from omscli.databases import Databases
from omscli.odoo import PYTHON
from omscli.paths import LOGS, ODOO, ROOT
from omscli.postgres import Cluster

LOG = LOGS / "soak.log"
CHANNEL = "shop"
RETRIES = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0)
PLENTY = 100_000
LAST_TROUBLE = 12.0
OUR_FAULTS = {"slow": {"times": 2, "seconds": 0.5}}
UNREACHABLE = (OSError, xmlrpc.client.Error, psycopg2.Error)
# What the channels do by the minute is asked for here whenever it is to happen.
CRONS = (
    "oms_channels.ir_cron_fetch_orders",
    "oms_channels.ir_cron_process_messages",
    "oms_channels.ir_cron_push_stock",
)


class World:
    """One Odoo in several processes, one shop, one database cluster."""

    def __init__(self, template: str, folder: Path, orders: int, seed: int):
        self.orders, self.random = orders, random.Random(seed)
        self.folder = folder
        self.cluster = Cluster("soak")
        self.database = f"soak_{os.getpid()}"
        self.template = template
        self.port = processes.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.odoo: subprocess.Popen | None = None
        self.shop: Emulator | None = None
        self.is_over = threading.Event()
        self._next_kill = time.monotonic() + 30
        self.counts = dict.fromkeys(
            ("placed", "changed", "shipped", "killed", "crashed", "faults"), 0
        )

    # === SETTING ===

    @contextlib.contextmanager
    def running(self) -> Iterator["World"]:
        with self.cluster.in_use(), contextlib.ExitStack() as stack:
            self._copy_database()
            stack.callback(self._remove_database)
            self._write_config()
            with Emulator(seed=7, retry_delays=RETRIES) as self.shop:
                self._set_stage()
                LOG.unlink(missing_ok=True)
                self.start_odoo()
                stack.callback(self._stop_odoo)
                stack.callback(self.is_over.set)
                yield self

    def _copy_database(self) -> None:
        test = Cluster("test")
        dump = self.folder / "database.dump"
        made = test.run("pg_dump", "-Fc", "-Z1", "-f", str(dump), self.template)
        assert not made.returncode, made.stderr
        self.cluster.run("createdb", self.database)
        read = self.cluster.run(
            "pg_restore", "-j2", "--no-owner", "-d", self.database, str(dump)
        )
        assert not read.returncode, read.stderr[-2000:]
        self.filestore = Databases(test).filestores / self.database
        source = Databases(test).filestores / self.template
        if source.is_dir():
            shutil.copytree(source, self.filestore, copy_function=os.link)

    def _remove_database(self) -> None:
        self.cluster.run("dropdb", "--if-exists", "--force", self.database)
        shutil.rmtree(self.filestore, ignore_errors=True)

    def _write_config(self) -> None:
        text = config_path("test").read_text()
        ours = f"{ROOT / 'addons'},{ROOT / 'tests' / 'addons'}"
        changes = {
            r"(addons_path = [^,\n]*)[^\n]*": rf"\1,{ours}",
            r"db_host = .*": f"db_host = {self.cluster.socket_folder}",
            r"workers = .*": "workers = 3",
            r"channels = .*": "channels = root:2",
        }
        for pattern, value in changes.items():
            text = re.sub(pattern, value, text)
        self.config = self.folder / "soak.conf"
        self.config.touch(mode=0o600)
        self.config.write_text(text)

    def _set_stage(self) -> None:
        """Only this shop's work goes on, and there are goods for all of it."""
        self.query(
            f"""
            UPDATE oms_order_rule SET active = false;
            UPDATE oms_channel SET fetch_orders = false, push_stock = false
             WHERE code != '{CHANNEL}';
            UPDATE oms_channel SET shop_url = '{self.shop.url}', fetch_orders = true,
                   push_stock = true WHERE code = '{CHANNEL}';
            UPDATE ir_cron SET active = false WHERE id NOT IN (
                SELECT res_id FROM ir_model_data WHERE model = 'ir.cron'
                   AND module || '.' || name IN {CRONS});
            UPDATE stock_quant SET quantity = quantity + {PLENTY}
             WHERE location_id IN (SELECT lot_stock_id FROM stock_warehouse);
            DELETE FROM queue_job;
            """
        )
        with self.shop.store.lock:
            for level in self.shop.store.levels.values():
                level.on_hand += PLENTY
            for topic in DEFAULT_TOPICS:
                address = f"{self.url}/oms/webhook/shopify/{CHANNEL}"
                self.shop.webhooks.subscribe(topic, address, by_app=True)

    def start_odoo(self) -> None:
        command = [PYTHON, ODOO, "-c", self.config, "-d", self.database]
        self.odoo = processes.start(
            [*command, "--http-port", self.port],
            LOG,
            env=self.cluster.variables,
        )
        processes.wait_until_answers(f"{self.url}/web/health", self.odoo, "Odoo", LOG)

    def _stop_odoo(self) -> None:
        processes.terminate(self.odoo, 20)

    # === ASKING ===

    def query(self, sql: str) -> list[tuple]:
        """Rows of the database, past Odoo; what it has written is committed."""
        with (
            contextlib.closing(
                psycopg2.connect(
                    host=self.cluster.socket_folder,
                    port=5432,
                    user="odoo",
                    dbname=self.database,
                )
            ) as connection,
            connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def call(self, model: str, method: str, *arguments, **options):
        """As a person would do it, by a request."""
        proxy = xmlrpc.client.ServerProxy(
            f"{self.url}/xmlrpc/2/object", allow_none=True
        )
        return proxy.execute_kw(
            self.database, 2, "admin", model, method, list(arguments), options
        )

    def tick(self) -> None:
        """The scheduler's minute, now."""
        for name in CRONS:
            module, _dot, xmlid = name.partition(".")
            [[cron]] = self.query(
                "SELECT res_id FROM ir_model_data"
                f" WHERE module = '{module}' AND name = '{xmlid}'"
            )
            self.call("ir.cron", "method_direct_trigger", [cron])

    # === ACTORS ===

    def live(self) -> None:
        """Orders, changes, parcels, faults, kills and a crash, until all is sold."""
        actors = [
            threading.Thread(target=self._repeat, args=(act, low, high), daemon=True)
            for act, low, high in (
                (self._change, 0.05, 0.25),
                (self._ship, 1.0, 2.0),
                (self._fail, 0.3, 1.0),
                (self.tick, 5.0, 8.0),
            )
        ]
        for actor in actors:
            actor.start()
        while self.counts["placed"] < self.orders:
            self._place()
            half = self.counts["placed"] >= self.orders / 2
            if half and not self.counts["crashed"]:
                self.counts["crashed"] += 1
                self.cluster.crash()
            self._suffer(self.random.uniform(0.05, 0.3))
        # The last orders, too, live through some of it.
        end = time.monotonic() + LAST_TROUBLE
        while time.monotonic() < end:
            self._suffer(0.5)
        self.is_over.set()
        for actor in actors:
            actor.join(120)

    def _suffer(self, seconds: float) -> None:
        """Wait, and kill what is due; the kernel ends a server with its thread, so
        that it is this one that starts it."""
        time.sleep(seconds)
        if self.odoo.poll() is not None:
            # It was killed, or it has given up with its database: what watches over
            # servers starts it again.
            self.start_odoo()
        elif time.monotonic() > self._next_kill:
            self._kill()
            self._next_kill = time.monotonic() + self.random.uniform(3, 7)

    def _repeat(self, act, low: float, high: float) -> None:
        while not self.is_over.wait(self.random.uniform(low, high)):
            # Whoever is killed in the middle is asked again, as people do.
            with contextlib.suppress(*UNREACHABLE, ShopError):
                act()

    def _place(self) -> None:
        with self.shop.store.lock:
            wishes = {"deleted_product": self.random.random() < 0.02}
            shop_orders.place(self.shop.store, wishes)
        self.counts["placed"] += 1

    def _change(self) -> None:
        """A third of the orders is changed, cancelled or refunded once or twice."""
        if self.counts["changed"] > self.counts["placed"] / 3:
            return
        with self.shop.store.lock:
            order = self.random.choice(list(self.shop.store.orders.values()) or [None])
            if order is None or order.cancelled_at:
                return
            kind = self.random.choice(("edit", "update", "cancel", "refund", "pay"))
            if kind == "edit":
                shop_orders.edit(self.shop.store, order, {})
            elif kind == "update":
                note = f"note {self.random.random()}"
                shop_orders.update(self.shop.store, order, {"note": note})
            elif kind == "cancel":
                shop_orders.cancel(self.shop.store, order)
            elif kind == "pay":
                shop_orders.pay(self.shop.store, order)
            else:
                made = refund_by_hand(self.shop.store, order, {})
                refunds.publish(self.shop.store, order, made)
            self.counts["changed"] += 1

    def _ship(self) -> None:
        """The warehouse ships some of what is ready, each parcel with a number."""
        ready = self.query(
            f"""
            SELECT p.id FROM stock_picking p JOIN sale_order o ON o.id = p.sale_id
              JOIN oms_channel c ON c.id = o.oms_channel_id
             WHERE p.state = 'assigned' AND c.code = '{CHANNEL}'
               AND o.oms_external_id IS NOT NULL AND p.id % 3 = 0
          ORDER BY random() LIMIT 8
            """
        )
        for (picking,) in ready:
            self.call(
                "stock.picking",
                "write",
                [picking],
                {"carrier_tracking_ref": f"SOAK-{picking}"},
            )
            self.call("stock.picking", "button_validate", [picking])
            self.counts["shipped"] += 1

    def _fail(self) -> None:
        name = self.random.choice(list(NAMES))
        times = self.random.randint(1, 3)
        self.shop.faults.set({name: OUR_FAULTS.get(name, times)})
        self.counts["faults"] += 1

    def _kill(self) -> None:
        """Any of the server's processes, and now and then all of them at once."""
        children = [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/stat")
            if _read_parent(path) == self.odoo.pid
        ]
        if self.random.random() < 0.15 or not children:
            os.kill(self.odoo.pid, signal.SIGKILL)
            self.odoo.wait()
            for child in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        else:
            os.kill(self.random.choice(children), signal.SIGKILL)
        self.counts["killed"] += 1

    # === QUIET ===

    def settle(self, patience: float) -> float:
        """No more faults, no more kills: the time passes until nothing moves."""
        self.shop.faults.set({"clear": True})
        if self.odoo.poll() is not None:
            self.start_odoo()
        start = time.monotonic()
        for _minute in range(3):
            with contextlib.suppress(*UNREACHABLE):
                self.tick()
            end = time.monotonic() + patience / 3
            time.sleep(2)
            while not self._is_still() and time.monotonic() < end:
                time.sleep(0.5)
        return time.monotonic() - start

    def _is_still(self) -> bool:
        [[waiting]] = self.query(
            "SELECT (SELECT count(*) FROM oms_channel_message"
            "  WHERE state IN ('pending', 'failed'))"
            " + (SELECT count(*) FROM queue_job"
            "  WHERE state IN ('pending', 'enqueued', 'started'))"
        )
        return not waiting and self.shop.webhooks.idle


def _read_parent(path: Path) -> int:
    try:
        return int(path.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Shops with all their faults on, a server whose processes are killed, a database that
crashes; then quiet. What is true afterwards is for `soak_facts` to say.
"""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.e2e.soak_clerk import Clerk
from tests.e2e.soak_server import CATALOGUE, CRONS, UNREACHABLE, Server
from tests.e2e.soak_shopify import Shopify
from tests.e2e.soak_warehouse import Packer
from tests.e2e.soak_woocommerce import Woocommerce

WORKERS = 4
PACKERS = 2
PLENTY = 100_000
# Orders are changed in their shops, and packed there, in these shares.
CHANGED, PACKED = 1 / 3, 1 / 16
LEFT = 1 / 4
CANCELLED = 1 / 40
LAST_TROUBLE, LONGEST_TROUBLE = 10.0, 120.0
# A kill comes when so much has been done since the last one: what is killed before it
# has begun proves nothing.
DONE_BETWEEN_KILLS, LEAST_BETWEEN_KILLS = 15, 3.0
# Buyers wait when so many orders are on their way, on a machine that is slow; so long.
MOST_ON_THEIR_WAY, LONGEST_WAIT = 80, 5.0
MOST_FAULTS = 3
# Some more of each product at each place, of which there may be none yet.
GOODS_FOR_ALL = """
    INSERT INTO stock_quant (product_id, location_id, company_id, quantity,
                             reserved_quantity, in_date)
    SELECT p.id, w.lot_stock_id, w.company_id, %s, 0, now() AT TIME ZONE 'UTC'
      FROM stock_warehouse w, product_product p
      JOIN product_template t ON t.id = p.product_tmpl_id
     WHERE t.is_storable AND t.tracking = 'none' AND p.active AND w.active
"""


class World:
    """One Odoo in several processes, one database cluster, one shop of each kind."""

    def __init__(self, template: str, folder: Path, orders: int, seed: int):
        self.orders, self.chance = orders, random.Random(seed)
        self.server = Server(template, folder, WORKERS)
        self.shops = (Shopify(seed), Woocommerce(seed))
        codes = tuple(shop.code for shop in self.shops)
        self.packers = [
            Packer(self.server, codes, (PACKERS, number), seed)
            for number in range(PACKERS)
        ]
        self.clerk = Clerk(self.server, codes)
        self.is_over = threading.Event()
        self.counts: Counter[str] = Counter()
        self.asked: set[str] = set()
        self._arrived = self._done = 0
        self._last_order = time.monotonic()

    # === SETTING ===

    @contextlib.contextmanager
    def running(self) -> Iterator["World"]:
        with self.server.prepared(), contextlib.ExitStack() as stack:
            for shop in self.shops:
                stack.enter_context(shop.emulator)
            self._set_stage()
            for shop in self.shops:
                address = f"/oms/webhook/{shop.platform}/{shop.code}"
                shop.open(f"{self.server.url}{address}")
            self.server.start()
            stack.callback(self.is_over.set)
            yield self

    def _set_stage(self) -> None:
        """Only these shops' work goes on, and there are goods for all of it."""
        query = self.server.query
        [[self.since]] = query("SELECT (now() AT TIME ZONE 'UTC')::text")
        query("UPDATE oms_order_rule SET active = false")
        query("UPDATE oms_channel SET fetch_orders = false, push_stock = false")
        for shop in self.shops:
            query(
                "UPDATE oms_channel SET shop_url = %s, fetch_orders = true,"
                " push_stock = true, corrects_drift = true WHERE code = %s",
                (shop.url, shop.code),
            )
        query(
            "UPDATE ir_cron SET active = false WHERE id NOT IN (SELECT res_id"
            " FROM ir_model_data WHERE model = 'ir.cron'"
            " AND module || '.' || name IN %s)",
            (CRONS + CATALOGUE,),
        )
        query(GOODS_FOR_ALL, (PLENTY,))
        # These shops have not been told anything yet, whatever the demo says.
        query("UPDATE oms_channel_listing SET pushed_at = NULL, pushed_levels = NULL")
        query("DELETE FROM queue_job")

    # === TROUBLE ===

    def live(self) -> None:
        """Orders, changes, parcels, faults, kills and a crash, until all is sold."""
        actors = [
            threading.Thread(target=self._repeat, args=actor, daemon=True)
            for actor in self._list_actors()
        ]
        for actor in actors:
            actor.start()
        self._plan_kill()
        while self.counts["placed"] < self.orders:
            if self._is_open():
                self.chance.choice(self.shops).place()
                self.counts["placed"] += 1
                self._last_order = time.monotonic()
            half = self.counts["placed"] >= self.orders / 2
            if half and not self.counts["crashed"]:
                self.counts["crashed"] += 1
                self.server.cluster.crash()
            self._suffer(self.chance.uniform(0.05, 0.3))
        # The last orders, too, live through some of it.
        start = time.monotonic()
        while not self._has_seen_enough(time.monotonic() - start):
            self._suffer(0.5)
        self.is_over.set()
        for actor in actors:
            actor.join(120)

    def _is_open(self) -> bool:
        is_late = time.monotonic() - self._last_order > LONGEST_WAIT
        return is_late or self.counts["placed"] - self._arrived < MOST_ON_THEIR_WAY

    def _has_seen_enough(self, seconds: float) -> bool:
        left = self.counts["packed here"] >= self.orders * LEFT
        return seconds > (LAST_TROUBLE if left else LONGEST_TROUBLE)

    def _list_actors(self) -> Iterator[tuple[Callable[[], None], float, float]]:
        yield self._change, 0.05, 0.25
        yield self._pack_in_shops, 0.5, 1.0
        yield self._cancel_here, 0.5, 1.5
        yield self._fail, 0.5, 1.5
        yield self._tick, 3.0, 5.0
        yield self._look, 0.5, 1.0
        for packer in self.packers:
            yield lambda packer=packer: self._pack(packer), 0.5, 1.5

    def _repeat(self, act: Callable[[], None], low: float, high: float) -> None:
        while not self.is_over.wait(self.chance.uniform(low, high)):
            with contextlib.suppress(*UNREACHABLE):
                act()

    def _suffer(self, seconds: float) -> None:
        """Wait, and kill what is due; the kernel ends a server with its thread, so
        that it is this one that starts it."""
        time.sleep(seconds)
        if self.server.is_gone():
            # What watches over servers starts it again.
            self.server.start()
            self.counts["started again"] += 1
            self._plan_kill()
        elif self._is_time_to_kill():
            self.server.kill(self.chance)
            self.counts["killed"] += 1
            self._plan_kill()

    def _plan_kill(self) -> None:
        self._last_kill = time.monotonic()
        self._done_by_then = self._done

    def _is_time_to_kill(self) -> bool:
        return (
            time.monotonic() - self._last_kill > LEAST_BETWEEN_KILLS
            and self._done - self._done_by_then >= DONE_BETWEEN_KILLS
        )

    def _look(self) -> None:
        """How far Odoo is."""
        [[self._arrived, self._done]] = self.server.query(
            "SELECT (SELECT count(*) FROM sale_order"
            "  WHERE create_date >= %(since)s AND oms_external_id IS NOT NULL),"
            " (SELECT count(*) FROM oms_channel_message"
            "  WHERE create_date >= %(since)s AND state = 'done')"
            " + (SELECT count(*) FROM stock_picking"
            "  WHERE create_date >= %(since)s AND state = 'done')",
            {"since": self.since},
        )

    def _tick(self) -> None:
        self._pass_time()
        self.server.tick()

    def _change(self) -> None:
        if self.counts["changed"] < self.counts["placed"] * CHANGED:
            self.counts["changed"] += self.chance.choice(self.shops).change()

    def _pack_in_shops(self) -> None:
        if self.counts["packed there"] < self.counts["placed"] * PACKED:
            self.counts["packed there"] += self.chance.choice(self.shops).ship()

    def _cancel_here(self) -> None:
        """A buyer calls, and the order is cancelled here; their shop hears of it."""
        if self.counts["cancelled here"] < self.counts["placed"] * CANCELLED:
            own = [key for shop in self.shops for key in shop.list_own()]
            self.counts["cancelled here"] += self.clerk.cancel(own)

    def _pack(self, packer: Packer) -> None:
        own = [key for shop in self.shops for key in shop.list_own()]
        self.counts["packed here"] += packer.ship(own)

    def _fail(self) -> None:
        """A few at a time: a shop in which nothing ever succeeds is an outage."""
        for shop in self.shops:
            if len(shop.faults.state()) < MOST_FAULTS:
                shop.fail()
                self.counts["faults"] += 1

    # === QUIET ===

    def settle(self, patience: float) -> float:
        """No more faults, no more kills: the time passes until nothing moves."""
        start = time.monotonic()
        if self.server.is_gone():
            self.server.start()
        for shop in self.shops:
            shop.calm()
        until = start + patience
        # What a clerk lets go needs its goods first, and is looked at again.
        asks, reads = [self._ask_clerk] * 2, [self._read_catalogues] * 2
        for act in (None, *asks, *reads, None):
            if act:
                act()
                self._await_quiet(until)
            self._tick()
            self._await_quiet(until)
        return time.monotonic() - start

    def _ask_clerk(self) -> None:
        for shop in self.shops:
            self.asked |= self.clerk.answer(shop.code, shop.list_orders())
        self.counts["asked a clerk"] = len(self.asked)

    def _read_catalogues(self) -> None:
        """What the shops show is compared; what differs has done so for an hour."""
        self.server.query(
            "UPDATE oms_channel_listing"
            " SET drift_since = drift_since - interval '1 hour'"
        )
        self.server.tick(CATALOGUE)

    def _await_quiet(self, until: float) -> None:
        while not self._is_still() and time.monotonic() < until:
            time.sleep(0.5)
            self._pass_time()

    def _pass_time(self) -> None:
        """What would be tried again later is due."""
        self.server.query(
            "UPDATE oms_channel_message SET next_try = NULL"
            " WHERE state = 'failed' AND next_try > now() AT TIME ZONE 'UTC'"
        )
        self.server.query(
            "UPDATE oms_channel SET outage_until = now() AT TIME ZONE 'UTC'"
            " WHERE outage_until > now() AT TIME ZONE 'UTC'"
        )

    def _is_still(self) -> bool:
        [[waiting]] = self.server.query(
            "SELECT (SELECT count(*) FROM oms_channel_message"
            "  WHERE state IN ('pending', 'failed'))"
            " + (SELECT count(*) FROM queue_job"
            "  WHERE state IN ('pending', 'enqueued', 'started'))"
        )
        return not waiting and all(shop.is_still() for shop in self.shops)

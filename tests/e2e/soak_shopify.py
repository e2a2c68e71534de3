# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop on Shopify: buyers, a merchant with second thoughts, bad luck."""

import random
from decimal import Decimal

from emulators.shopify import orders, pricing, refunds
from emulators.shopify.control import DEFAULT_TOPICS
from emulators.shopify.faults import NAMES
from emulators.shopify.refund_wishes import refund_by_hand
from emulators.shopify.server import Emulator
from emulators.shopify.shipped_by_hand import ship_by_hand
from emulators.shopify.store import ShopError
from tests.e2e.soak_order import Order

RETRIES = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0)
PLENTY = 100_000
CHANGES = ("edit", "update", "cancel", "refund", "pay")
# Every so many orders one is packed in the shop itself.
OWN = 8


class Shopify:
    code = "shop"
    platform = "shopify"

    def __init__(self, seed: int):
        self.chance = random.Random(f"shopify/{seed}")
        self.emulator = Emulator(seed=seed, retry_delays=RETRIES)
        self.store = self.emulator.store
        self.faults = self.emulator.faults
        # A shop with a peak like this one has the largest plan, and its limits.
        self.emulator.bucket.resize(20_000, 1_000)

    @property
    def url(self) -> str:
        return self.emulator.url

    def open(self, address: str) -> None:
        """Goods for all that will be sold, and webhooks to an address."""
        with self.store.lock:
            for level in self.store.levels.values():
                level.on_hand += PLENTY
            for topic in DEFAULT_TOPICS:
                self.emulator.webhooks.subscribe(topic, address, by_app=True)

    # === ACTORS ===

    def place(self) -> None:
        with self.store.lock:
            deleted = bool(self.faults.take("deleted_product"))
            orders.place(self.store, {"deleted_product": deleted})

    def change(self) -> bool:
        """Whether anything was changed, cancelled, paid or refunded."""
        with self.store.lock:
            order = self._choose(list(self.store.orders.values()))
            if order is None or order.cancelled_at:
                return False
            kind = self.chance.choice(CHANGES)
            try:
                self._change(order, kind)
            except ShopError:
                return False
            return True

    def _choose(self, rows: list):
        return self.chance.choice(rows) if rows else None

    def _change(self, order, kind: str) -> None:
        if kind == "edit":
            orders.edit(self.store, order, self._imagine_edit(order))
        elif kind == "update":
            note = f"note {self.chance.random()}"
            orders.update(self.store, order, {"note": note})
        elif kind == "cancel":
            orders.cancel(self.store, order)
        elif kind == "pay":
            orders.pay(self.store, order)
        else:
            made = refund_by_hand(self.store, order, {})
            refunds.publish(self.store, order, made)

    def _imagine_edit(self, order) -> dict:
        """More of a line, less of a line, or another product."""
        kind = self.chance.choice(("more", "less", "other"))
        line = self.chance.choice(order.lines)
        if kind == "less":
            return {"set": [{"line_id": line.id, "quantity": line.fulfilled}]}
        if kind == "other":
            product = self.chance.choice(list(self.store.variants.values()))
            return {"add": [{"sku": product.sku, "quantity": 2}]}
        return {"set": [{"line_id": line.id, "quantity": line.current_quantity + 1}]}

    def ship(self) -> bool:
        """Whether the shop has packed something itself."""
        with self.store.lock:
            order = self._choose([o for o in self.store.orders.values() if _is_own(o)])
            if order is None or order.cancelled_at:
                return False
            line = self.chance.choice(order.lines)
            wishes = {"tracking": f"OWN-{self.chance.getrandbits(40)}"}
            if self.chance.random() < 0.5:
                wishes["lines"] = [{"line_id": line.id, "quantity": 1}]
            try:
                ship_by_hand(self.store, order, wishes)
            except ShopError:
                return False
            return True

    def list_own(self) -> list[str]:
        """The keys of orders that nobody else packs."""
        with self.store.lock:
            rows = [*self.store.orders.values()]
        return [str(order.id) for order in rows if _is_own(order)]

    def fail(self) -> None:
        name, times = self.chance.choice(list(NAMES)), self.chance.randint(1, 3)
        wish = {"times": times, "seconds": 0.5} if name == "slow" else times
        self.faults.set({name: wish})

    # === QUIET ===

    def calm(self) -> None:
        self.faults.set({"clear": True})
        self.emulator.webhooks.flush()

    def is_still(self) -> bool:
        return self.emulator.webhooks.idle

    # === FACTS ===

    def list_orders(self) -> dict[str, Order]:
        with self.store.lock:
            return {
                str(order.id): _read_order(order)
                for order in self.store.orders.values()
            }

    def read_stock(self) -> dict[str, int]:
        place = next(iter(self.store.locations.values()))
        with self.store.lock:
            return {
                level.variant.sku: level.available
                for level in self.store.levels.values()
                if level.location is place
            }


def _is_own(order) -> bool:
    return order.number % OWN == 0


def _read_order(order) -> Order:
    read = Order(
        order.name,
        bool(order.cancelled_at),
        pricing.current_total(order).shop,
        pricing.received(order).shop,
        pricing.refunded(order).shop,
    )
    waiting: dict[str, int] = {}
    for source in order.fulfillment_orders:
        for part in source.lines:
            key = str(part.line.id)
            waiting[key] = waiting.get(key, 0) + part.remaining
    for line in order.lines:
        units = line.fulfilled + waiting.get(str(line.id), line.current_quantity)
        read.lines[str(line.id)] = Decimal(units)
    for made in order.fulfillments:
        # A service that the shop ticks off, as wrapping, is in no parcel.
        goods = [part for part in made.lines if part.line.requires_shipping]
        if made.status == "SUCCESS":
            for part in goods:
                tracking = ", ".join(made.numbers)
                read.pack(tracking, str(part.line.id), Decimal(part.quantity))
    return read

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop on WooCommerce: buyers, a merchant with second thoughts, bad luck."""

import copy
import random
from decimal import Decimal

from emulators.woocommerce import WEBHOOK_SECRET, refunds, selling
from emulators.woocommerce.faults import NAMES
from emulators.woocommerce.server import Emulator
from emulators.woocommerce.store import ShopError
from tests.e2e.soak_order import Order

PLENTY = 100_000
TOPICS = ("order.created", "order.updated", "order.deleted")
CHANGES = ("note", "cancel", "refund", "amount", "pay")
OPEN = ("pending", "on-hold", "processing", "completed")
CANCELLED = ("cancelled", "trash", "refunded")
# Each time it strikes, an order goes to the trash.
RARE = "vanish"
OWN = 8


class Woocommerce:
    code = "woo"
    platform = "woocommerce"

    def __init__(self, seed: int):
        self.chance = random.Random(f"woocommerce/{seed}")
        self.emulator = Emulator(seed=seed)
        self.store = self.emulator.store
        self.store.has_tracking_plugin = True
        self.faults = self.emulator.faults

    @property
    def url(self) -> str:
        return self.emulator.url

    def open(self, address: str) -> None:
        with self.store.lock:
            for product in self.store.products.values():
                if product["manage_stock"]:
                    product["stock_quantity"] += PLENTY
            for topic in TOPICS:
                wish = {
                    "topic": topic,
                    "delivery_url": address,
                    "secret": WEBHOOK_SECRET,
                }
                self.emulator.webhooks.create(wish, ping=False)

    # === ACTORS ===

    def place(self) -> None:
        with self.store.lock:
            selling.place(self.store)

    def change(self) -> bool:
        with self.store.lock:
            rows = [o for o in self.store.orders.values() if o["status"] in OPEN]
            if not rows:
                return False
            order = self.chance.choice(rows)
            kind = self.chance.choice(CHANGES)
            try:
                return self._change(order, kind)
            except ShopError:
                return False

    def _change(self, order: dict, kind: str) -> bool:
        before = copy.deepcopy(order)
        if kind == "refund":
            line = self.chance.choice(order["line_items"])
            wish = {"lines": [{"sku": line["sku"], "quantity": 1}]}
            if not _count_left(self.store, order, "")[str(line["id"])]:
                return False
            refunds.by_hand(self.store, order, wish)
        elif kind == "amount":
            refunds.by_hand(self.store, order, {"amount": "1.00"})
        elif kind == "note":
            order["customer_note"] = f"note {self.chance.random()}"
            self.store.touch(order, before)
        elif kind == "pay" and order["status"] == "pending":
            self.store.set_status(order, "processing")
            self.store.touch(order, before)
        elif kind == "cancel" and order["status"] in ("pending", "processing"):
            self.store.set_status(order, "cancelled")
            self.store.touch(order, before)
        else:
            return False
        return True

    def ship(self) -> bool:
        with self.store.lock:
            rows = [
                order
                for order in self.store.orders.values()
                if _is_own(order) and order["status"] == "processing"
            ]
            if not rows:
                return False
            order = self.chance.choice(rows)
            before = copy.deepcopy(order)
            self.store.set_status(order, "completed")
            self.store.touch(order, before)
            return True

    def list_own(self) -> list[str]:
        with self.store.lock:
            return [str(key) for key, row in self.store.orders.items() if _is_own(row)]

    def fail(self) -> None:
        name = self.chance.choice(list(NAMES))
        if name == RARE and self.chance.random() < 0.8:
            return
        times = 1 if name == RARE else self.chance.randint(1, 3)
        wish = {"times": times, "seconds": 0.5} if name == "slow" else times
        self.faults.set({name: wish})

    # === QUIET ===

    def calm(self) -> None:
        self.faults.set({"clear": True})

    def is_still(self) -> bool:
        return True

    # === FACTS ===

    def list_orders(self) -> dict[str, Order]:
        with self.store.lock:
            return {
                str(key): self._read_order(order)
                for key, order in self.store.orders.items()
            }

    def _read_order(self, order: dict) -> Order:
        given = self.store.refunds.get(order["id"], ())
        back = sum((Decimal(row["amount"]) for row in given), Decimal(0))
        total = Decimal(order["total"])
        paid = total if order["date_paid_gmt"] else Decimal(0)
        cancelled = order["status"] in CANCELLED and not (
            order["status"] == "refunded" and order["date_completed_gmt"]
        )
        read = Order(order["number"], cancelled, total - back, paid, back)
        told = next(
            (r["value"] for r in order["meta_data"] if r["key"] == "_oms_parcels"), []
        )
        for parcel in told:
            for line, units in parcel["lines"]:
                read.pack(parcel["tracking"], str(line), Decimal(units))
        self._read_lines(order, read)
        if cancelled:
            # What had left is to be stopped.
            read.parcels = {}
        return read

    def _read_lines(self, order: dict, read: Order) -> None:
        """What was not given back before it left; all of it left when it is done."""
        left = _count_left(self.store, order, order["date_completed_gmt"])
        for line in order["line_items"]:
            key = str(line["id"])
            read.lines[key] = Decimal(left[key])
            sent = sum(
                (units.get(key, Decimal(0)) for units in read.parcels.values()),
                Decimal(0),
            )
            if sent > read.lines[key]:
                # Given back before it left: what we told of it comes back.
                _unpack(read, key, sent - read.lines[key])
            elif order["date_completed_gmt"] and not self._is_virtual(line):
                read.pack("", key, read.lines[key] - sent)

    def _is_virtual(self, line: dict) -> bool:
        product = self.store.products.get(line["variation_id"] or line["product_id"])
        return bool(product and product["virtual"])

    def read_stock(self) -> dict[str, int]:
        with self.store.lock:
            return {
                row["sku"]: row["stock_quantity"]
                for row in self.store.products.values()
                if row["sku"]
            }


def _unpack(order: Order, line: str, units: Decimal) -> None:
    """Units that are stopped on their way, those of the newest parcel first."""
    for parcel in reversed(order.parcels.values()):
        back = min(units, parcel.get(line, Decimal(0)))
        units -= back
        parcel[line] = parcel.get(line, Decimal(0)) - back
        if not parcel[line]:
            del parcel[line]
    order.parcels = {key: parcel for key, parcel in order.parcels.items() if parcel}


def _is_own(order: dict) -> bool:
    return order["id"] % OWN == 0


def _count_left(store, order: dict, until: str | None) -> dict[str, int]:
    """Units by line, less those that were given back (before a moment)."""
    left = {str(line["id"]): line["quantity"] for line in order["line_items"]}
    for refund in store.refunds.get(order["id"], ()):
        if until and refund["date_created_gmt"] >= until:
            continue
        for row in refund["line_items"]:
            left[row["meta_data"][0]["value"]] += row["quantity"]
    return left

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The state of one shop. Whoever reads or changes it holds `Store.lock`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from emulators.base import catalogue
from emulators.base.clock import Clock
from emulators.base.control import Refusal

from .model import Address, Customer, Fulfillment, Level, Location, Order, Variant

FIRST_ORDER_NUMBER = 1001
SCOPES = (
    "read_all_orders",
    "write_orders",
    "write_order_edits",
    "write_products",
    "write_inventory",
    "read_locations",
    "write_merchant_managed_fulfillment_orders",
)
_STOCK = (120, 40, 60)
# The warehouses of the demo company, under the same names.
_PLACES = (
    ("Reno Distribution Centre", "Reno", "NV", "Nevada", "89521", 39.4571, -119.77),
    ("Boston Store", "Boston", "MA", "Massachusetts", "02116", 42.3503, -71.081),
    (
        "Peach State Fulfilment (3PL)",
        "Atlanta",
        "GA",
        "Georgia",
        "30336",
        33.74,
        -84.57,
    ),
)


class ShopError(Refusal):
    """The shop refuses: what a mutation reports as a user error."""

    def __init__(self, message: str, field: Iterable[str] = (), code: str = "INVALID"):
        super().__init__(message)
        self.message = message
        self.field = list(field) or None
        self.code = code
        self.is_missing = code == "NOT_FOUND"


class Store:
    """Everything the shop remembers; `publish(events)` is told what happens."""

    domain = "northwind-outfitters.myshopify.com"
    name = "Northwind Outfitters"
    currency = "USD"

    def __init__(
        self,
        seed: int = 1,
        *,
        clock: Callable[[], datetime] | None = None,
        taxes_included: bool = False,
    ) -> None:
        self.lock = threading.RLock()
        self.clock = clock or Clock()
        # What the merchant lets the app do; a test takes some of it away.
        self.scopes = set(SCOPES)
        self.publish: Callable[[list[tuple[str, dict[str, Any]]]], None] = list
        self.reset(seed, taxes_included=taxes_included)

    def reset(self, seed: int | None = None, *, taxes_included: bool | None = None):
        if seed is not None:
            self.seed = seed
        if taxes_included is not None:
            self.taxes_included = taxes_included
        self._last_ids: dict[str, int] = {}
        self.created_at = self.clock()
        self.orders: dict[int, Order] = {}
        self.customers: dict[str, Customer] = {}
        self.fulfillments: dict[int, Fulfillment] = {}
        # Work that goes on after the answer; set once it is done.
        self.jobs: dict[str, threading.Event] = {}
        self.edits: dict[int, Any] = {}
        self.adjustments: dict[int, dict[str, Any]] = {}
        self.refund_rows: dict[int, Any] = {}
        self.fulfillment_orders: dict[int, Any] = {}
        self.payouts: dict[int, Any] = {}
        self.balance_transactions: dict[int, Any] = {}
        self.locations = {row.id: row for row in self._default_locations()}
        self.set_catalogue(catalogue.default())

    # === NUMBERS ===
    def next_id(self, kind: str) -> int:
        """Numbers as large as the real ones, the same for the same seed."""
        start = 5_100_000_000_000 + sum(map(ord, kind)) * 1_000_000_000
        self._last_ids[kind] = self._last_ids.get(kind, start) + 32_768
        return self._last_ids[kind]

    @property
    def next_number(self) -> int:
        return FIRST_ORDER_NUMBER + len(self.orders)

    # === CATALOGUE AND STOCK ===
    def set_catalogue(self, products: Any) -> None:
        """Sell these from now on; a SKU that stays keeps its number and stock."""
        now = self.clock()
        known = {row.sku: row for row in getattr(self, "variants", {}).values()}
        levels = getattr(self, "levels", {}) if self.orders else {}
        self.variants: dict[int, Variant] = {}
        self.levels: dict[tuple[int, int], Level] = {}
        for product in catalogue.cleaned(products):
            old = known.get(product["sku"])
            row = Variant(
                id=old.id if old else self.next_id("ProductVariant"),
                created_at=old.created_at if old else now,
                updated_at=now,
                **product,
            )
            self.variants[row.id] = row
            for location, quantity in zip(
                self.locations.values(), _STOCK, strict=False
            ):
                key = (row.id, location.id)
                self.levels[key] = levels.get(key) or Level(
                    row, location, quantity, now
                )
                self.levels[key].variant = row

    @property
    def product_count(self) -> int:
        return len(self.variants)

    def finish_jobs(self, patience: float = 10.0) -> None:
        """Wait until what was begun is done.

        :raise TimeoutError: if it is not after so many seconds
        """
        for job, done in list(self.jobs.items()):
            if not done.wait(patience):
                raise TimeoutError(f"{job} is not done after {patience} s.")

    def _default_locations(self) -> Iterable[Location]:
        for name, city, code, province, zip_, latitude, longitude in _PLACES:
            address = Address(
                self.next_id("MailingAddress"),
                address1="1 Warehouse Way",
                city=city,
                zip=zip_,
                province=province,
                province_code=code,
                country="United States",
                country_code="US",
                phone="+12025550100",
                latitude=latitude,
                longitude=longitude,
            )
            yield Location(self.next_id("Location"), name, address, self.created_at)

    def variant_by_sku(self, sku: str) -> Variant | None:
        return next((row for row in self.variants.values() if row.sku == sku), None)

    # === LOOKING UP ===
    def order(self, key: str | int) -> Order:
        """By number, name (`#1001`), legacy id or gid."""
        word = str(key).rsplit("/", 1)[-1].lstrip("#")
        if word.isdigit():
            if int(word) in self.orders:
                return self.orders[int(word)]
            for order in self.orders.values():
                if order.number == int(word):
                    return order
        raise ShopError(f"Order {key} does not exist.", ["id"], "NOT_FOUND")

    # === CHANGING ===
    def touch(self, order: Order) -> None:
        """`updated_at` never stands still: a change in the same second moves it on."""
        order.updated_at = max(self.clock(), order.updated_at)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop's state. Records are kept as the API shows them."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

from emulators.base import catalogue
from emulators.base.clock import Clock
from emulators.base.control import Refusal

Row = dict[str, Any]
# The shop's own time: not UTC, so that nobody may take one for the other.
LOCAL = timezone(timedelta(hours=-3))
STATUSES = (
    "pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed",
    "checkout-draft",
)  # fmt: skip
REDUCED = ("processing", "on-hold", "completed")
ON_HAND = 40


class ShopError(Refusal):
    """A refusal of the shop: code, message, HTTP status, parameters."""

    def __init__(self, code: str, message: str, status: int, **params: str) -> None:
        super().__init__(message)
        self.code, self.message, self.status, self.params = (
            code,
            message,
            status,
            params,
        )
        self.is_missing = status == 404


class Store:
    currency = "USD"

    def __init__(self, seed: int = 1, *, prices_include_tax: bool = False) -> None:
        self.lock = threading.RLock()
        self.clock: Callable[[], datetime] = Clock(has_zone=False)
        self.publish: Callable[[str, Row, Row | None], None] = lambda *_event: None
        self.zone: tzinfo = LOCAL
        self.has_tracking_plugin = False
        self.prices_include_tax = prices_include_tax
        self.reset(seed)

    def reset(self, seed: int | None = None) -> None:
        self.seed = self.seed if seed is None else seed
        self.random = random.Random(self.seed)
        self.last_id = 700
        self.orders: dict[int, Row] = {}
        self.refunds: dict[int, list[Row]] = {}
        self.notes: dict[int, list[Row]] = {}
        self.trackings: dict[int, list[Row]] = {}
        self.customers: dict[str, int] = {}
        self.products: dict[int, Row] = {}
        # Units that a line has taken from the stock: no more than these go back.
        self.taken: dict[int, int] = {}
        self.set_catalogue(catalogue.default())

    seed = 1

    @property
    def product_count(self) -> int:
        return len(self.products)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    # === TIME ===
    def stamp(self, name: str, moment: datetime | None) -> Row:
        """`date_…` in the shop's time and `date_…_gmt`, both without a zone."""
        if moment is None:
            return {f"date_{name}": None, f"date_{name}_gmt": None}
        return {
            f"date_{name}": self.localise(moment).isoformat(),
            f"date_{name}_gmt": moment.isoformat(),
        }

    def localise(self, moment: datetime) -> datetime:
        """The shop's own time, which a second hour may have as well."""
        there = moment.replace(tzinfo=timezone.utc).astimezone(self.zone)
        return there.replace(tzinfo=None)

    def touch(
        self, order: Row, before: Row | None = None, event="order.updated"
    ) -> None:
        order |= self.stamp("modified", self.clock())
        self.publish(event, order, before)

    # === CATALOGUE ===
    def set_catalogue(self, products: Any) -> None:
        """A clothing size, "SKU-M", becomes a variation of one product."""
        self.products.clear()
        parents: dict[str, Row] = {}
        for row in catalogue.cleaned(products):
            stem, _dash, size = row["sku"].rpartition("-")
            if stem and size in ("S", "M", "L", "XL"):
                if stem not in parents:
                    parents[stem] = self._add_product(row, "variable", sku="")
                self._add_product(row, "variation", parent=parents[stem], size=size)
            else:
                self._add_product(row, "simple")

    def _add_product(
        self, row: Row, kind: str, *, sku=None, parent=None, size=""
    ) -> Row:
        now, number = self.clock(), self.next_id()
        price = f"{Decimal(str(row['price'])):.2f}"
        self.products[number] = product = {
            "id": number,
            "name": row["title"],
            **self.stamp("created", now),
            **self.stamp("modified", now),
            "type": kind,
            "status": "publish",
            "sku": row["sku"] if sku is None else sku,
            "global_unique_id": row["barcode"] or "",
            "price": price,
            "regular_price": price,
            "sale_price": "",
            "virtual": not row["requires_shipping"],
            "tax_status": "taxable" if row["taxable"] else "none",
            "manage_stock": kind != "variable",
            "stock_quantity": ON_HAND if kind != "variable" else None,
            "stock_status": "instock",
            "parent_id": parent["id"] if parent else 0,
            "variations": [],
            "attributes": [{"id": 6, "name": "Size", "option": size}] if size else [],
            "meta_data": [],
        }
        if parent:
            parent["variations"].append(number)
        return product

    def product_by_sku(self, sku: str) -> Row | None:
        return next((row for row in self.products.values() if row["sku"] == sku), None)

    # === ORDERS ===
    def order(self, number: int) -> Row:
        if number not in self.orders:
            raise ShopError(
                "woocommerce_rest_shop_order_invalid_id", "Invalid ID.", 404
            )
        return self.orders[number]

    def set_status(self, order: Row, status: str) -> None:
        if status not in STATUSES and status != "trash":
            raise ShopError(
                "rest_invalid_param", "Invalid parameter(s): status", 400,
                status=f"status is not one of {', '.join(STATUSES)}.",
            )  # fmt: skip
        before, now = order["status"], self.clock()
        order["status"] = status
        is_cash = order["payment_method"] == "cod"
        pays = ("completed",) if is_cash else ("processing", "completed")
        if status in pays and not order["date_paid_gmt"]:
            order |= self.stamp("paid", now)
        if status == "completed" and not order["date_completed_gmt"]:
            order |= self.stamp("completed", now)
        if (status in REDUCED) != (before in REDUCED):
            self._move_stock(order, -1 if status in REDUCED else 1)

    def _move_stock(self, order: Row, sign: int) -> None:
        for line in order["line_items"]:
            if sign < 0:
                self._take_stock(line, line["quantity"])
            else:
                self.put_back(line, line["id"], line["quantity"])

    def _take_stock(self, line: Row, units: int) -> None:
        product = self.products.get(line["variation_id"] or line["product_id"])
        if product and product["manage_stock"]:
            product["stock_quantity"] -= units
            self.taken[line["id"]] = self.taken.get(line["id"], 0) + units

    def put_back(self, line: Row, number: int, units: int) -> None:
        """:param number: of the line that has taken them, of which this may tell"""
        units = min(units, self.taken.get(number, 0))
        product = self.products.get(line["variation_id"] or line["product_id"])
        if product and units:
            product["stock_quantity"] += units
            self.taken[number] -= units

    def trash(self, order: Row) -> None:
        order["_before_trash"] = order["status"]
        self.set_status(order, "trash")
        self.touch(order, event="order.deleted")

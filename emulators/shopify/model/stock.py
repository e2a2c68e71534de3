# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is sold, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .base import Address, Record


@dataclass(eq=False)
class Variant(Record):
    """A product with its one variant and its inventory item: they share a number."""

    KIND = "ProductVariant"
    sku: str
    title: str
    price: Decimal
    barcode: str | None
    weight_grams: int
    requires_shipping: bool
    taxable: bool
    created_at: datetime
    updated_at: datetime
    variant_title: str | None = None
    vendor: str = "Northwind Outfitters"


@dataclass(eq=False)
class Location(Record):
    KIND = "Location"
    name: str
    address: Address
    created_at: datetime
    is_active: bool = True


@dataclass(eq=False)
class Level:
    """Stock of one item at one location; available follows from the others."""

    variant: Variant
    location: Location
    on_hand: int
    updated_at: datetime
    committed: int = 0

    @property
    def available(self) -> int:
        return self.on_hand - self.committed

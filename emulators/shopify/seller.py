# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the orders that buyers place: different, plausible, exact in money."""

from __future__ import annotations

import random
from datetime import datetime
from decimal import Decimal
from typing import Any

from emulators.base.people import (
    AMERICAN,
    EUROPEAN,
    NOTES,
    PLACES,
    RATES,
    Place,
)

from . import pricing
from .buyers import add_buyer
from .model import Discount, Line, Order, ShippingLine, Variant
from .money import Currencies
from .store import ShopError, Store

# What buyers do unasked, and how often. `plain: true` in the wishes ends all of it.
_HABITS = {
    "note": 0.25,
    "unknown_sku": 0.04,
    "line_discount": 0.2,
    "discount": 0.3,
    "free_shipping": 0.12,
    "tip": 0.08,
    "gift_card": 0.08,
    "guest": 0.05,
    "draft": 0.05,
    "foreign_currency": 0.35,
    "pending": 0.08,
    "authorized": 0.1,
}
_SHIPPING = (
    ("Standard", "STANDARD", "6.90"),
    ("Economy", "ECONOMY", "4.50"),
    ("Express", "EXPRESS", "19.95"),
    ("Free Shipping", "FREE", "0.00"),
)


class Basket:
    """One purchase. `wishes` fix what a test cares about; chance does the rest."""

    def __init__(self, store: Store, wishes: dict[str, Any], now: datetime) -> None:
        self.store = store
        self.wishes = wishes
        self.now = now
        self.number = store.next_number
        self.random = random.Random(f"{store.seed}/{self.number}")
        self.place = self._choose_place()

    def happens(self, habit: str) -> bool:
        lucky = self.random.random() < _HABITS[habit]
        wish = self.wishes.get(habit)
        if wish is not None:
            return bool(wish)
        return lucky and not self.wishes.get("plain")

    def _choose_place(self) -> Place:
        country = self.wishes.get("country")
        chosen = self.random.choice(AMERICAN + AMERICAN + EUROPEAN)
        if country is None:
            return AMERICAN[0] if self.wishes.get("plain") else chosen
        if country not in PLACES:
            raise ShopError(
                f"No buyer lives in {country}; known are {', '.join(sorted(PLACES))}.",
                ["country"],
            )
        return PLACES[country]

    # === THE ORDER ===
    def order(self) -> Order:
        store, wishes = self.store, self.wishes
        european = self.place.country_code != "US"
        order = Order(
            id=store.next_id("Order"),
            number=self.number,
            currencies=self._currencies(),
            taxes_included=wishes.get(
                "taxes_included",
                store.taxes_included or (european and not wishes.get("plain")),
            ),
            created_at=self.now,
            updated_at=self.now,
            token=f"{self.random.getrandbits(128):032x}",
            confirmation_number="".join(
                self.random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=9)
            ),
            locale="en" if not european else f"fr-{self.place.country_code}",
        )
        add_buyer(self, order)
        self._add_lines(order)
        self._add_line_discount(order)
        self._add_order_discount(order)
        self._add_shipping(order)
        for line in order.lines:
            pricing.set_taxes(order, line)
        self._add_extras(order)
        order.original_total = pricing.total(order)
        return order

    def _currencies(self) -> Currencies:
        foreign = self.happens("foreign_currency")
        code = self.wishes.get("currency")
        if code is None:
            code = self.place.currency if foreign else self.store.currency
        if code not in RATES:
            raise ShopError(
                f"The shop has no rate for {code}; known are {', '.join(RATES)}.",
                ["currency"],
            )
        shop = self.store.currency
        return Currencies(shop, code, RATES[code] / RATES[shop])

    # === LINES ===
    def _add_lines(self, order: Order) -> None:
        variants = list(self.store.variants.values())
        count = self.random.choices((1, 2, 3, 4, 5), (40, 28, 17, 10, 5))[0]
        chosen = self.random.sample(variants, min(count, len(variants)))
        wanted = self.wishes.get("lines")
        if wanted is None:
            wanted = [
                {
                    "sku": variant.sku,
                    "quantity": self.random.choices((1, 2, 3, 6), (70, 18, 8, 4))[0],
                }
                for variant in chosen
            ]
        if self.happens("unknown_sku"):
            wanted = [*wanted, {"sku": "DISCONTINUED 9/Z", "quantity": 1}]
        for wish in wanted:
            order.lines.append(self.line(order, wish))

    def line(self, order: Order, wish: dict[str, Any]) -> Line:
        """A line from `{sku, quantity, price, title}`; an unknown SKU is sold too."""
        sku = wish.get("sku")
        variant = self.store.variant_by_sku(sku) if sku else None
        price = wish.get("price")
        if price is None:
            price = variant.price if variant else Decimal("17.50")
        blank = Variant(
            0,
            sku or "",
            wish.get("title") or "Clearance item",
            Decimal(0),
            None,
            250,
            requires_shipping=True,
            taxable=True,
            created_at=self.now,
            updated_at=self.now,
        )
        source = variant or blank
        return Line(
            id=self.store.next_id("LineItem"),
            order=order,
            variant_id=variant.id if variant else None,
            sku=sku,
            title=wish.get("title") or source.title,
            variant_title=source.variant_title,
            vendor=source.vendor,
            quantity=int(wish.get("quantity", 1)),
            unit_price=order.currencies.from_shop(Decimal(str(price))),
            weight_grams=source.weight_grams,
            requires_shipping=source.requires_shipping,
            taxable=source.taxable,
            rates=self.place.rates,
            properties=dict(wish.get("properties") or {}),
            product_exists=bool(variant),
        )

    # === DISCOUNTS ===
    def _add_line_discount(self, order: Order) -> None:
        if not self.happens("line_discount"):
            return
        line = self.random.choice(order.lines)
        value = Decimal(str(_value(self.wishes.get("line_discount"), "15")))
        discount = Discount(
            len(order.discounts),
            "automatic",
            "Season's end",
            "line_item",
            "entitled",
            "each",
            value,
            "percentage",
        )
        pricing.apply_discount(order, discount, [line])

    def _add_order_discount(self, order: Order) -> None:
        if not self.happens("discount"):
            return
        wish = self.wishes.get("discount")
        wish = wish if isinstance(wish, dict) else {}
        kind = wish.get("type") or self.random.choice(("percentage", "fixed_amount"))
        value = wish.get("value") or (12.5 if kind == "percentage" else 10)
        draft = bool(self.wishes.get("draft"))
        discount = Discount(
            len(order.discounts),
            "manual" if draft else "discount_code",
            wish.get("code") or ("Agreed" if draft else "TENOFF"),
            "line_item",
            "all",
            "across",
            Decimal(str(value)),
            kind,
        )
        pricing.apply_discount(order, discount, order.lines)

    # === SHIPPING AND THE REST ===
    def _add_shipping(self, order: Order) -> None:
        if not any(line.requires_shipping for line in order.lines):
            order.shipping_address = None
            return
        title, code, price = self.random.choice(_SHIPPING)
        if self.wishes.get("plain"):
            title, code, price = _SHIPPING[0]
        price = Decimal(str(self.wishes.get("shipping", price)))
        shipping = ShippingLine(
            self.store.next_id("ShippingLine"),
            title,
            code,
            order.currencies.from_shop(price),
        )
        order.shipping_lines.append(shipping)
        if self.happens("free_shipping") and price:
            discount = Discount(
                len(order.discounts),
                "discount_code",
                "SHIPFREE",
                "shipping_line",
                "all",
                "each",
                Decimal(100),
                "percentage",
            )
            pricing.apply_discount(order, discount, [shipping])
        net = pricing.discounted_shipping(shipping, order)
        shipping.tax_lines = (
            pricing.tax_lines(net, self.place.rates, included=order.taxes_included)
            if net
            else []
        )

    def _add_extras(self, order: Order) -> None:
        if self.happens("note"):
            wish = self.wishes.get("note")
            order.note = wish if isinstance(wish, str) else self.random.choice(NOTES)
            order.note_attributes = {"gift": "yes"} if "Gift" in order.note else {}
        if self.happens("tip"):
            order.tip = order.currencies.from_shop(
                Decimal(str(_value(self.wishes.get("tip"), "5.00")))
            )
        if self.wishes.get("properties"):
            order.note_attributes |= self.wishes["properties"]
        order.tags = list(self.wishes.get("tags") or ())
        order.po_number = self.wishes.get("po_number")
        if self.happens("draft"):
            order.source_name = "shopify_draft_order"


def _value(wish: Any, default: str) -> Any:
    """A wish may only say `true`, or say how much."""
    return default if wish is None or wish is True else wish

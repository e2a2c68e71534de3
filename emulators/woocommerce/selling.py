# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the orders that buyers place: different, plausible, exact in money."""

from __future__ import annotations

import html
import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

from emulators.base.people import COMPANIES, FIRST_NAMES, LAST_NAMES, NOTES, PLACES

from . import pricing
from .pricing import cents
from .store import Row, ShopError, Store

# What buyers do unasked, and how often. `plain: true` in the wishes ends all of it.
_HABITS = {
    "note": 0.2,
    "coupon": 0.25,
    "fee": 0.1,
    "guest": 0.4,
    "pickup": 0.08,
    "gift": 0.08,
    "cash": 0.08,
    "pending": 0.08,
}
_SHIPPING = (("Flat rate", "flat_rate", "6.90"), ("Express", "flat_rate", "19.95"))
_COUNTRIES = ("US", "US", "US", "DE", "FR", "GB")


class Basket:
    """One purchase. `wishes` fix what a test cares about; chance does the rest."""

    def __init__(self, store: Store, wishes: dict[str, Any]) -> None:
        self.store, self.wishes = store, wishes
        self.random = random.Random(f"{store.seed}/{store.last_id}")
        default = "US" if wishes.get("plain") else self.random.choice(_COUNTRIES)
        self.country = wishes.get("country", default)
        self.included = wishes.get("prices_include_tax", store.prices_include_tax)
        taxed = wishes.get("taxes", True)
        self.area = wishes.get("rates", self.country)
        self.rates = pricing.list_rates(self.area) if taxed else []
        self.shipping_rates = [rate for rate in self.rates if rate[3]]

    def happens(self, habit: str) -> bool:
        lucky = self.random.random() < _HABITS[habit]
        if habit in self.wishes:
            return bool(self.wishes[habit])
        return lucky and not self.wishes.get("plain")

    def order(self) -> Row:
        store = self.store
        now = store.clock() - timedelta(seconds=self.wishes.get("age", 0))
        number = store.next_id()
        order: Row = {
            "id": number,
            "parent_id": 0,
            "number": str(self.wishes.get("number", number)),
            "order_key": f"wc_order_{self.random.getrandbits(44):011x}",
            "created_via": "checkout",
            "version": "11.0.1",
            "status": "pending",
            "currency": self.wishes.get("currency", store.currency),
            **store.stamp("created", now),
            **store.stamp("modified", now),
            **store.stamp("paid", None),
            **store.stamp("completed", None),
            "prices_include_tax": self.included,
            "customer_ip_address": "127.0.0.1",
            "customer_user_agent": "",
            "customer_note": "",
            "transaction_id": "",
            "cart_hash": f"{self.random.getrandbits(128):032x}",
            "meta_data": [],
            "fee_lines": [],
            "coupon_lines": [],
            "refunds": [],
            "payment_url": "",
            "is_editable": False,
            "needs_payment": False,
            "needs_processing": True,
        }
        order["line_items"] = [self._line(wish) for wish in self._list_wanted()]
        order["shipping_lines"] = self._make_shipping(order)
        self._add_buyer(order)
        self._add_extras(order)
        order["tax_lines"] = (
            pricing.tax_lines(order, self.area, store.next_id) if self.rates else []
        )
        pricing.sum_up(order)
        store.orders[number] = order
        self._pay(order)
        return order

    # === LINES ===
    def _list_wanted(self) -> list[Row]:
        if "lines" in self.wishes:
            return self.wishes["lines"]
        sold = [row for row in self.store.products.values() if row["sku"]]
        count = self.random.choices((1, 2, 3), (55, 30, 15))[0]
        return [
            {
                "sku": row["sku"],
                "quantity": self.random.choices((1, 2, 3), (75, 18, 7))[0],
            }
            for row in self.random.sample(sold, min(count, len(sold)))
        ]

    def _line(self, wish: Row) -> Row:
        """A line from `{sku, quantity, price, name}`; what is unknown is sold too."""
        product = self.store.product_by_sku(wish["sku"]) if wish.get("sku") else None
        source = product or {"id": 0, "name": "Clearance item", "price": "17.50"}
        quantity = wish.get("quantity", 1)
        gross = Decimal(str(wish.get("price", source["price"]))) * quantity
        is_variation = source.get("type") == "variation"
        untaxed = source.get("tax_status") == "none"
        rates = [] if untaxed else self.rates
        coupon = self._get_discount(gross)
        money = pricing.tax_row(gross, gross - coupon, rates, included=self.included)
        return {
            "id": self.store.next_id(),
            "name": html.escape(wish.get("name") or source["name"]),
            "product_id": source.get("parent_id") or source["id"],
            "variation_id": source["id"] if is_variation else 0,
            "quantity": quantity,
            "tax_class": "",
            **money,
            "meta_data": [
                self._meta(*pair) for pair in (wish.get("meta") or {}).items()
            ],
            "sku": wish.get("sku"),
            "global_unique_id": source.get("global_unique_id", ""),
            # Unrounded, and a float: as the platform has it.
            "price": float(money["total"]) / float(quantity),
        }

    def _get_discount(self, gross: Decimal) -> Decimal:
        if not hasattr(self, "_coupon"):
            wish = self.wishes.get("coupon")
            percent = wish if wish not in (None, True, False) else "12.5"
            self._coupon = Decimal(str(percent)) if self.happens("coupon") else None
        return cents(gross * self._coupon / 100) if self._coupon else Decimal(0)

    def _make_shipping(self, order: Row) -> list[Row]:
        bought = [
            self.store.products.get(line["variation_id"] or line["product_id"])
            for line in order["line_items"]
        ]
        if bought and all(product and product["virtual"] for product in bought):
            return []
        title, method, price = self.random.choice(_SHIPPING)
        if self.wishes.get("plain"):
            title, method, price = _SHIPPING[0]
        if self.happens("pickup"):
            title, method, price = "Local pickup", "local_pickup", "0.00"
        gross = Decimal(str(self.wishes.get("shipping", price)))
        money = pricing.tax_row(
            gross, gross, self.shipping_rates, included=self.included
        )
        del money["subtotal"], money["subtotal_tax"]
        return [
            {
                "id": self.store.next_id(),
                "method_title": title,
                "method_id": method,
                "instance_id": "1",
                **money,
                "tax_status": "taxable",
                "meta_data": [],
            }
        ]

    def _meta(self, key: str, value: Any) -> Row:
        return {
            "id": self.store.next_id(),
            "key": key,
            "value": value,
            "display_key": key,
            "display_value": value,
        }

    # === THE REST ===
    def _add_buyer(self, order: Row) -> None:
        if self.country not in PLACES:
            raise ShopError(
                "unknown_country", f"No buyer lives in {self.country}.", 422
            )
        place = PLACES[self.country]
        first, last = self.random.choice(FIRST_NAMES), self.random.choice(LAST_NAMES)
        address = {
            "first_name": first,
            "last_name": last,
            "company": self.random.choice(COMPANIES) or "",
            "address_1": f"{self.random.randint(1, 199)} {place.street}",
            "address_2": "",
            "city": place.city,
            "state": place.province_code or "",
            "postcode": place.zip,
            "country": self.country,
            "phone": "",
        } | self.wishes.get("address", {})
        mail = (
            self.wishes.get("email")
            or f"buyer{self.random.randint(1, 400)}@example.com"
        )
        order["billing"] = address | {"email": mail, "phone": f"{place.phone}0100"}
        same = self.random.random() < 0.7 or self.wishes.get("plain")
        order["shipping"] = address if same else dict.fromkeys(address, "")
        known = 0 if self.happens("guest") else self.store.customers.get(mail)
        if known is None:
            known = self.store.customers[mail] = self.store.next_id()
        order["customer_id"] = known

    def _add_extras(self, order: Row) -> None:
        if self.happens("note"):
            wish = self.wishes.get("note")
            order["customer_note"] = (
                wish if isinstance(wish, str) else self.random.choice(NOTES)
            )
        if self.happens("gift"):
            order["meta_data"].append(self._meta("gift_message", "With love, Zoë"))
        if self.happens("fee"):
            wish = self.wishes.get("fee")
            amount = Decimal(str(wish)) if wish not in (None, True) else Decimal("2.50")
            money = pricing.tax_row(amount, amount, self.rates, included=self.included)
            del money["subtotal"], money["subtotal_tax"]
            order["fee_lines"].append(
                {
                    "id": self.store.next_id(),
                    "name": "Handling" if amount > 0 else "Loyalty",
                    "tax_class": "",
                    "tax_status": "taxable",
                    "amount": str(amount),
                    **money,
                    "meta_data": [],
                }
            )
        if cards := self.wishes.get("gift_cards"):
            order["gift_cards"] = [
                {"id": self.store.next_id(), "code": f"CARD-{at}", "amount": str(card)}
                for at, card in enumerate(cards)
            ]
        for key, value in (self.wishes.get("meta") or {}).items():
            order["meta_data"].append(self._meta(key, value))

    def _pay(self, order: Row) -> None:
        cash = self.happens("cash")
        method = ("cod", "Cash on delivery") if cash else ("stripe", "Credit card")
        order["payment_method"], order["payment_method_title"] = method
        status = "pending" if self.happens("pending") else "processing"
        self.store.set_status(order, self.wishes.get("status", status))
        if order["date_paid_gmt"]:
            order["transaction_id"] = f"pi_{self.random.getrandbits(60):015x}"


def place(store: Store, wishes: dict[str, Any] | None = None) -> Row:
    order = Basket(store, wishes or {}).order()
    # Both, and in this order: the queue is not sorted by what happened first.
    store.publish("order.updated", order, None)
    store.publish("order.created", order, None)
    return order

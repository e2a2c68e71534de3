# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who buys, and where the goods go."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from emulators.base.people import COMPANIES, FIRST_NAMES, LAST_NAMES, Place

from .model import Address, Customer, Order

if TYPE_CHECKING:
    from .seller import Basket

_UNITS = (None, None, "Apt 4B", "2ème étage")


def add_buyer(basket: Basket, order: Order) -> None:
    chance, wishes = basket.random, basket.wishes
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    values = {
        **_at(basket.place, f"{chance.randint(0, 9999):04d}"),
        "first_name": first,
        "last_name": last,
        "company": chance.choice(COMPANIES),
        "address1": f"{chance.randint(1, 199)} {basket.place.street}",
        "address2": chance.choice(_UNITS),
        **wishes.get("address", {}),
    }
    address = Address(basket.store.next_id("MailingAddress"), **values)
    order.shipping_address = order.billing_address = address
    if chance.random() < 0.15 and not wishes.get("plain"):
        office = {
            **values,
            "company": "Accounts Office",
            "address1": "PO Box 77",
            "address2": None,
        }
        order.billing_address = Address(
            basket.store.next_id("MailingAddress"), **office
        )
    has_phone = chance.random() < 0.3
    if basket.happens("guest"):
        return
    order.email = wishes.get("email") or _mail(first, last)
    order.phone = address.phone if has_phone else None
    order.customer = _customer(basket, order.email, address)


def _at(place: Place, digits: str) -> dict[str, Any]:
    return {
        "city": place.city,
        "zip": place.zip,
        "province": place.province,
        "province_code": place.province_code,
        "country": place.country,
        "country_code": place.country_code,
        "phone": place.phone + digits,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _mail(first: str, last: str) -> str:
    words = unicodedata.normalize("NFKD", f"{first}.{last}".lower())
    kept = "".join(c for c in words if c.isascii() and (c.isalnum() or c == "."))
    return f"{kept}@example.com"


def _customer(basket: Basket, mail: str, address: Address) -> Customer:
    """One customer for one mail address, whatever it is called this time."""
    customers = basket.store.customers
    if mail not in customers:
        customers[mail] = Customer(
            basket.store.next_id("Customer"),
            address.first_name or "",
            address.last_name or "",
            mail,
            address.phone,
            basket.now,
            basket.now,
        )
    known = customers[mail]
    known.default_address = address
    known.updated_at = basket.now
    known.number_of_orders += 1
    return known

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the shop is set up: taxes, payments, shipping, currency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .listing import cut
from .pricing import RATES
from .store import Row, ShopError

if TYPE_CHECKING:
    from .server import Emulator

Answer = tuple[Any, int, dict[str, str]]
COUNTRIES = {"QC": ("CA", "QC")}
GATEWAYS = (
    ("bacs", "Direct bank transfer", False),
    ("cod", "Cash on delivery", True),
    ("stripe", "Credit card", True),
)
ZONES = {
    1: ("Everywhere", (("flat_rate", "Flat rate"), ("flat_rate", "Express"))),
    2: ("Shop", (("local_pickup", "Local pickup"),)),
}


def list_taxes(_shop: Emulator, query: Row, _body: Any) -> Answer:
    rows = [
        {
            "id": number,
            "country": COUNTRIES.get(area, (area, ""))[0],
            "state": COUNTRIES.get(area, (area, ""))[1],
            "rate": f"{float(rate):.4f}",
            "name": name,
            "priority": 1,
            "compound": on_top,
            "shipping": shipped,
            "class": "standard",
        }
        for area, rates in RATES.items()
        for number, name, rate, shipped, on_top in rates
    ]
    found, headers = cut(rows, query)
    return found, 200, headers


def list_gateways(_shop: Emulator, _query: Row, _body: Any) -> Answer:
    rows = [
        {"id": key, "title": title, "enabled": enabled, "method_title": title}
        for key, title, enabled in GATEWAYS
    ]
    return rows, 200, {}


def list_zones(_shop: Emulator, _query: Row, _body: Any) -> Answer:
    return [{"id": key, "name": ZONES[key][0], "order": key} for key in ZONES], 200, {}


def list_methods(_shop: Emulator, _query: Row, _body: Any, number: str) -> Answer:
    if int(number) not in ZONES:
        raise ShopError(
            "woocommerce_rest_shipping_zone_invalid", "Resource does not exist.", 404
        )
    rows = [
        {"instance_id": at, "method_id": method, "title": title, "enabled": True}
        for at, (method, title) in enumerate(ZONES[int(number)][1], 1)
    ]
    return rows, 200, {}


def get_currency(shop: Emulator, _query: Row, _body: Any) -> Answer:
    code = shop.store.currency
    return {"code": code, "name": code, "symbol": code}, 200, {}


def get_tax_setting(shop: Emulator, _query: Row, _body: Any) -> Answer:
    value = "yes" if shop.store.prices_include_tax else "no"
    return {"id": "woocommerce_prices_include_tax", "value": value}, 200, {}

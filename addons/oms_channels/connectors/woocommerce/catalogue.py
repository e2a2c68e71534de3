# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads what the shop sells and how it is set up.

Products are read by id, each page beginning with the last row of the one before: a
product that vanishes meanwhile shifts the others, and none of them is missed.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ...engine.catalogue import CatalogueItem, ShopSettings, ShopTax
from ...engine.errors import Rejected
from ...engine.money import parse_decimal
from .client import PAGE, Client, NoRoute, Refused
from .wordpress import strip_tags

Row = dict[str, Any]
# What cannot be put into a cart by itself.
NOT_SOLD = ("variable", "grouped", "external")
HUNDRED = Decimal(100)


def fetch_page(
    client: Client, cursor: str | None
) -> tuple[list[CatalogueItem], str | None]:
    """:param cursor: rows read, a colon, the last one's id"""
    read, _colon, last = (cursor or "0:0").partition(":")
    offset, last_id = max(int(read) - 1, 0), int(last)
    while True:
        rows = client.list_page("products", orderby="id", order="asc", offset=offset)
        if not offset or (rows and int(rows[0]["id"]) <= last_id):
            break
        offset = max(offset - PAGE, 0)
    fresh = [row for row in rows if int(row["id"]) > last_id]
    items = [item for row in fresh for item in _read(client, row)]
    if len(rows) < PAGE:
        return items, None
    return items, f"{offset + len(rows)}:{max(last_id, int(rows[-1]['id']))}"


def _read(client: Client, row: Row) -> Iterator[CatalogueItem]:
    if row.get("type") == "variable":
        path = f"products/{row['id']}/variations"
        for variation in client.list_all(path):
            yield _read_item(variation, row)
    elif row.get("type") not in NOT_SOLD:
        yield _read_item(row, row)


def _read_item(row: Row, product: Row) -> CatalogueItem:
    name = strip_tags(str(product.get("name") or ""))
    options = [
        str(choice.get("option") or "")
        for choice in row.get("attributes") or ()
        if row is not product and isinstance(choice, dict)
    ]
    # The shop says "parent" where a variation shares the stock of its product.
    counts = row.get("manage_stock") is True and row.get("stock_quantity") is not None
    return CatalogueItem(
        external_id=str(row["id"]),
        name=" - ".join(filter(None, [name, *options])) or str(row["id"]),
        sku=str(row.get("sku") or ""),
        barcode=str(row.get("global_unique_id") or ""),
        product_external_id=str(product["id"]),
        price=_read_price(row),
        quantity=int(row["stock_quantity"]) if counts else None,
    )


def _read_price(row: Row) -> Decimal | None:
    """The regular one, which is the one that we tell; none is an empty text."""
    text = str(row.get("regular_price") or "").strip()
    try:
        return parse_decimal(text) if text else None
    except (Rejected, ValueError):
        return None


# === SETTINGS ===


def fetch_settings(client: Client) -> ShopSettings:
    """What the shop lists; old shops and narrow permissions leave some of it out."""
    return ShopSettings(
        currency=_read_one(client, "data/currencies/current", "code"),
        taxes=tuple(_list_taxes(client)),
        gateways=tuple(
            (str(row["id"]), strip_tags(str(row.get("title") or row["id"])))
            for row in _list(client, "payment_gateways")
            if row.get("enabled")
        ),
        shipping=tuple(dict.fromkeys(_list_shipping(client))),
    )


def _list(client: Client, path: str) -> list[Row]:
    try:
        found = client.get(path)
    except (NoRoute, Refused):
        return []
    return [row for row in found if isinstance(row, dict)] if found else []


def _read_one(client: Client, path: str, name: str) -> str:
    try:
        found = client.get(path)
    except (NoRoute, Refused):
        return ""
    return str(found.get(name) or "") if isinstance(found, dict) else ""


def _list_taxes(client: Client) -> Iterator[ShopTax]:
    setting = _read_one(client, "settings/tax/woocommerce_prices_include_tax", "value")
    for row in client.list_all("taxes"):
        rate = parse_decimal(row.get("rate") or "0") / HUNDRED
        yield ShopTax(
            str(row.get("name") or "Tax"),
            rate.normalize(),
            is_included=setting == "yes",
            country=str(row.get("country") or ""),
        )


def _list_shipping(client: Client) -> Iterator[str]:
    for zone in _list(client, "shipping/zones"):
        for row in _list(client, f"shipping/zones/{zone['id']}/methods"):
            if row.get("enabled"):
                yield strip_tags(str(row.get("title") or row.get("method_title") or ""))

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells the shop what may be sold and what it costs, by SKU, in batches.

Figures are absolute and the shop compares nothing, so setting one twice does no harm.
"""

from collections.abc import Sequence
from typing import Any

from ...engine.documents import Price, StockLevel
from ...engine.errors import ChannelError, Rejected
from ...engine.money import write_decimal
from .client import Client, split

# SKUs that one address has room for.
SKUS = 50
Product = dict[str, Any]
Answers = dict[str, ChannelError | None]


def push_stock(client: Client, levels: Sequence[StockLevel]) -> Answers:
    """:return: {SKU: why not, or None}"""
    values = {
        level.sku: {"manage_stock": True, "stock_quantity": level.quantity}
        for level in levels
    }
    return _push(client, values)


def push_prices(client: Client, prices: Sequence[Price]) -> Answers:
    """Regular prices; a sale that runs in the shop is left alone."""
    values = {
        price.sku: {"regular_price": write_decimal(price.amount)} for price in prices
    }
    return _push(client, values)


def _push(client: Client, values: dict[str, dict[str, Any]]) -> Answers:
    answers: Answers = {}
    try:
        found = _find_products(client, [*values])
        batches: dict[str, dict[int, str]] = {}
        for sku in values:
            products = found.get(sku, [])
            if len(products) == 1:
                batches.setdefault(_get_path(products[0]), {})[products[0]["id"]] = sku
            else:
                answers[sku] = _refuse(sku, len(products))
        for path, skus in batches.items():
            rows = [{"id": number} | values[sku] for number, sku in skus.items()]
            for number, error in client.change_all(path, rows).items():
                answers[skus[number]] = _name(error, skus[number])
    except ChannelError as error:
        # What has been set is set; the rest can be tried again.
        return dict.fromkeys(values, error) | answers
    return answers


def _find_products(client: Client, skus: Sequence[str]) -> dict[str, list[Product]]:
    """{SKU: the products and variations that have exactly this SKU}."""
    found: dict[str, list[Product]] = {}
    # The shop takes a comma for the end of a SKU, unless it is asked for one only.
    groups = [[sku] for sku in skus if "," in sku]
    groups += split([sku for sku in skus if "," not in sku], SKUS)
    for group in groups:
        rows = {row.get("id"): row for row in client.list_all("products", sku=group)}
        for row in rows.values():
            found.setdefault(str(row.get("sku") or ""), []).append(row)
    return found


def _get_path(product: Product) -> str:
    """A variation is changed under its product only."""
    parent = product.get("parent_id")
    is_variation = product.get("type") == "variation" and parent
    return f"products/{parent}/variations" if is_variation else "products"


def _refuse(sku: str, count: int) -> Rejected:
    if count:
        return Rejected(
            f"SKU {sku} belongs to {count} products in the shop: make it unique there.",
            field="sku",
            value=sku,
        )
    return Rejected(
        f"The shop has no product with SKU {sku}: create it there, or archive the "
        "listing.",
        field="sku",
        value=sku,
    )


def _name(error: ChannelError | None, sku: str) -> ChannelError | None:
    if error:
        error.message = f"SKU {sku}: {error.message}"
    return error

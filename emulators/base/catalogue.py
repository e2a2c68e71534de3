# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The products of the shop: a file that the demo data writes, or a small list."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("catalogue.json")

_BUILT_IN = (
    # sku, title, price, barcode, grams, requires shipping, taxable
    ("MUG-01", "Enamel Mug", "14.50", "4006381333931", 320, True, True),
    (
        "TENT 2P/GRN",
        "Two-Person Tent, green",
        "249.00",
        "4006381333948",
        2900,
        True,
        True,
    ),
    ("007-LAMP", "Head Lamp", "39.95", "4006381333955", 110, True, True),
    ("4711", "Soap Bar", "4.99", "4006381333962", 95, True, True),
    ("JACKET-M", "Rain Jacket M", "129.00", "4006381333979", 540, True, True),
    ("JACKET-L", "Rain Jacket L", "129.00", "4006381333986", 560, True, True),
    ("SOCK-3", "Hiking Socks, three pairs", "24.00", "4006381333993", 180, True, True),
    ("STOVE", "Gas Stove", "59.90", "4006381334006", 430, True, True),
    ("ROPE-30", "Rope 30 m", "89.95", "4006381334013", 1900, True, True),
    ("MAP-ALPS", "Trail Map Alps", "12.80", "4006381334020", 60, True, False),
    ("BOTTLE-1L", "Steel Bottle 1 l", "27.30", "4006381334037", 290, True, True),
    ("EBOOK-KNOTS", "Book of Knots (download)", "9.99", "", 0, False, True),
)


class CatalogueError(ValueError):
    """A product list that cannot be sold from."""


def default() -> list[dict[str, Any]]:
    if FILE.exists():
        return json.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    keys = ("sku", "title", "price", "barcode", "weight_grams")
    keys += ("requires_shipping", "taxable")
    return [dict(zip(keys, product, strict=True)) for product in _BUILT_IN]


def cleaned(products: Any) -> list[dict[str, Any]]:
    """The products with every key set; refuses what has no SKU or no price."""
    if not isinstance(products, list) or not products:
        raise CatalogueError("The catalogue must be a list with at least one product.")
    return [_cleaned_product(product, i) for i, product in enumerate(products)]


def _cleaned_product(product: Any, index: int) -> dict[str, Any]:
    if not isinstance(product, dict) or not product.get("sku"):
        raise CatalogueError(f"Product {index} of the catalogue has no sku.")
    try:
        price = Decimal(str(product["price"]))
    except (KeyError, ArithmeticError) as error:
        raise CatalogueError(
            f"Product {product['sku']} has no price that is a number."
        ) from error
    grams = product.get("weight_grams", product.get("weight", 0))
    return {
        "sku": str(product["sku"]),
        "title": str(product.get("title") or product["sku"]),
        "price": price,
        "barcode": product.get("barcode") or None,
        "weight_grams": int(grams or 0),
        "requires_shipping": bool(product.get("requires_shipping", True)),
        "taxable": bool(product.get("taxable", True)),
    }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads what the shop sells: every variant, with its price and its stock."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ...engine.catalogue import CatalogueItem
from ...engine.money import parse_decimal
from . import documents
from .client import Client, get_next
from .parcels import read_number
from .stocking import Stocking

Row = dict[str, Any]


class Catalogue:
    """:param locations: keys of those that are told of our stock; none: the one that
    is told by default"""

    def __init__(self, client: Client, locations: Iterable[str] = ()):
        self._client = client
        self._told = {read_number(key) for key in locations}

    def list_locations(self) -> dict[str, str]:
        """{number: name} of those that are in use."""
        rows = self._client.list_all(documents.LOCATIONS, "locations")
        return {read_number(row["id"]): row["name"] for row in rows if row["isActive"]}

    def fetch_page(self, cursor: str | None) -> tuple[list[CatalogueItem], str | None]:
        """:param cursor: page size that the shop granted, a colon, its own cursor"""
        size, _colon, after = (cursor or "").partition(":")
        page, granted = self._client.get_page(
            documents.CATALOGUE,
            "productVariants",
            int(size) if size else documents.CATALOGUE.page_size,
            after or None,
        )
        if page["nodes"] and not self._told:
            self._told = {read_number(Stocking(self._client).find_location())}
        items = [self._read(row) for row in page["nodes"]]
        behind = get_next(page)
        return items, behind and f"{granted}:{behind}"

    def _read(self, row: Row) -> CatalogueItem:
        product, item = row["product"], row["inventoryItem"]
        price = row.get("price")
        return CatalogueItem(
            external_id=str(row["legacyResourceId"]),
            name=_read_name(row, product),
            sku=row.get("sku") or "",
            barcode=row.get("barcode") or "",
            product_external_id=str(product["legacyResourceId"]),
            item_external_id=str(item["legacyResourceId"]),
            price=None if price is None else Decimal(parse_decimal(price)),
            quantity=self._count(item),
        )

    def _count(self, item: Row) -> int | None:
        if not item.get("tracked"):
            return None
        levels = item["inventoryLevels"]
        self._client.complete(
            levels,
            documents.ITEM_LEVELS,
            "inventoryItem.inventoryLevels",
            id=item["id"],
        )
        return sum(
            row["quantity"]
            for level in levels["nodes"]
            if str(level["location"]["legacyResourceId"]) in self._told
            for row in level["quantities"]
            if row["name"] == "available"
        )


def _read_name(row: Row, product: Row) -> str:
    """A product without variants has one that is called the default."""
    name = product["title"] if product["hasOnlyDefaultVariant"] else row["displayName"]
    return name or row.get("sku") or ""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells the shop what may be sold, as absolute figures."""

import uuid
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from ...engine.documents import StockLevel
from ...engine.errors import ChannelError, Misconfigured, Rejected
from . import documents
from .client import Client, refuse
from .parcels import read_number

# Figures that one mutation takes; SKUs that one search takes.
ROWS = 250
SKUS = 50
Items = dict[str, dict[str, Any]]


class Stocking:
    """One push. ``push`` says of each SKU what went wrong, or None."""

    def __init__(self, client: Client):
        self._client = client
        self._errors: dict[StockLevel, ChannelError | None] = {}

    def push(self, levels: Sequence[StockLevel]) -> dict[str, ChannelError | None]:
        try:
            for location, group in self._group_by_location(levels).items():
                self._push_to(location, group)
        except ChannelError as error:
            # What has been set is set; the rest can be tried again.
            self._errors = dict.fromkeys(levels, error) | self._errors
        answers: dict[str, ChannelError | None] = {}
        for level in levels:
            answers[level.sku] = answers.get(level.sku) or self._errors.get(level)
        return answers

    # === LOCATION ===

    def _group_by_location(
        self, levels: Sequence[StockLevel]
    ) -> dict[str, list[StockLevel]]:
        default = ""
        groups: dict[str, list[StockLevel]] = {}
        for level in levels:
            number = read_number(level.location_external_id)
            if not number:
                default = default or self.find_location()
            location = f"gid://shopify/Location/{number}" if number else default
            groups.setdefault(location, []).append(level)
        return groups

    def find_location(self) -> str:
        """The oldest active location; one that serves the online shop goes first."""
        rows = [
            row
            for row in self._client.list_all(documents.LOCATIONS, "locations")
            if row["isActive"]
        ]
        if not rows:
            raise Misconfigured(
                "The shop has no active location that could have stock: add one there.",
                field="shop_url",
            )
        rows.sort(key=lambda row: not row["fulfillsOnlineOrders"])
        return rows[0]["id"]

    # === STEPS ===

    def _push_to(self, location: str, levels: Sequence[StockLevel]) -> None:
        for group in split(levels, ROWS):
            found = self._find_items(location, {level.sku for level in group})
            stocked = []
            for level in group:
                error = self._prepare(location, level, found)
                if error:
                    self._errors[level] = error
                else:
                    stocked.append(level)
            self._set(
                [(level, self._make_row(location, level, found)) for level in stocked]
            )

    def _find_items(self, location: str, skus: set[str]) -> dict[str, list[Any]]:
        """{SKU: the inventory items that have exactly this SKU}."""
        found: dict[str, list[Any]] = {sku: [] for sku in skus}
        for group in split(sorted(skus), SKUS):
            items = self._client.list_all(
                documents.INVENTORY_ITEMS,
                "inventoryItems",
                query=" OR ".join(f'sku:"{escape(sku)}"' for sku in group),
                location=location,
            )
            for item in items:
                # The search knows neither case nor the end of a word.
                if item["sku"] in found:
                    found[item["sku"]].append(item)
        return found

    def _prepare(
        self, location: str, level: StockLevel, found: dict[str, list[Any]]
    ) -> Rejected | None:
        """Why this level cannot be set; else the item is stocked at the location."""
        items = found[level.sku]
        if not items:
            return Rejected(
                f"The shop has no product with SKU {level.sku}: create it there, or "
                "archive the listing.",
                field="sku",
                value=level.sku,
            )
        if len(items) > 1:
            return Rejected(
                f"SKU {level.sku} belongs to {len(items)} variants in the shop: make "
                "it unique there.",
                field="sku",
                value=level.sku,
            )
        if not items[0]["inventoryLevel"]:
            return self._activate(location, level, items[0])
        return None

    def _activate(
        self, location: str, level: StockLevel, item: dict[str, Any]
    ) -> Rejected | None:
        try:
            self._client.change(
                documents.ACTIVATE, item=item["id"], location=location, key=_make_key()
            )
        except Rejected as error:
            error.message = f"SKU {level.sku} cannot be stocked there: {error.message}"
            return error
        return None

    def _make_row(self, location: str, level: StockLevel, found) -> dict[str, Any]:
        return {
            "inventoryItemId": found[level.sku][0]["id"],
            "locationId": location,
            "quantity": level.quantity,
            # We are the truth: what the shop has is not compared.
            "changeFromQuantity": None,
        }

    def _set(self, rows: list[tuple[StockLevel, dict[str, Any]]]) -> None:
        """Set figures; a refused one is taken out, for the shop takes all or none."""
        while rows:
            _payload, errors = self._client.try_change(
                documents.SET_QUANTITIES,
                input={
                    "name": "available",
                    "reason": "correction",
                    "quantities": [row for _level, row in rows],
                },
                key=_make_key(),
            )
            refused = _group_by_row(errors, len(rows))
            if errors and not refused:
                raise refuse(errors)
            for index, (level, _row) in enumerate(rows):
                if index in refused:
                    error = refuse(refused[index])
                    error.message = f"SKU {level.sku}: {error.message}"
                    self._errors[level] = error
                elif not errors:
                    self._errors[level] = None
            rows = [
                row for index, row in enumerate(rows) if errors and index not in refused
            ]


def _make_key() -> str:
    """A new key for each attempt.

    Setting an absolute figure twice does no harm. A key kept for a later attempt
    would: to a known key the shop repeats its answer, and sets nothing.
    """
    return str(uuid.uuid4())


def _group_by_row(
    errors: Iterable[dict[str, Any]], count: int
) -> dict[int, list[dict[str, Any]]]:
    """{index of the figure: its errors}; paths are like input.quantities.3.quantity."""
    grouped: dict[int, list[dict[str, Any]]] = {}
    for error in errors:
        steps = [str(step) for step in error.get("field") or ()]
        if "quantities" in steps:
            index = steps[steps.index("quantities") + 1 :][:1]
            if index and index[0].isdigit() and int(index[0]) < count:
                grouped.setdefault(int(index[0]), []).append(error)
    return grouped


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def split(values: Sequence[Any], size: int) -> Iterable[list[Any]]:
    iterator = iter(values)
    while part := list(islice(iterator, size)):
        yield part

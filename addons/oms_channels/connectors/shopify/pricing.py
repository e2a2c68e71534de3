# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells the shop what things cost, product by product as the platform wants it.

Prices are absolute: setting one twice does no harm. The price before a reduction,
which the shop shows crossed out, is left alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from ...engine.documents import Price
from ...engine.errors import ChannelError, Rejected
from ...engine.money import write_decimal
from . import documents
from .client import Client, refuse
from .stocking import SKUS, escape, split

# Variants that one mutation takes.
ROWS = 250
Answers = dict[str, ChannelError | None]


class Pricing:
    """One push. ``push`` says of each SKU what went wrong, or None."""

    def __init__(self, client: Client):
        self._client = client
        self._answers: Answers = {}

    def push(self, prices: Sequence[Price]) -> Answers:
        wanted = {price.sku: price for price in prices}
        try:
            for product, rows in self._group(wanted).items():
                for part in split(rows, ROWS):
                    self._set(product, part)
        except ChannelError as error:
            # What has been set is set; the rest can be tried again.
            return dict.fromkeys(wanted, error) | self._answers
        return self._answers

    def _group(
        self, wanted: dict[str, Price]
    ) -> dict[str, list[tuple[str, dict[str, Any]]]]:
        """{product: (SKU, what is to be set of its variant)}"""
        groups: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for sku, found in self._find(wanted).items():
            if len(found) != 1:
                self._answers[sku] = _refuse_count(sku, len(found))
                continue
            row = {"id": found[0]["id"], "price": write_decimal(wanted[sku].amount)}
            groups.setdefault(found[0]["product"]["id"], []).append((sku, row))
        return groups

    def _find(self, skus: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        """{SKU: the variants that have exactly this SKU}"""
        found: dict[str, list[dict[str, Any]]] = {sku: [] for sku in skus}
        for group in split(sorted(found), SKUS):
            rows = self._client.list_all(
                documents.VARIANTS,
                "productVariants",
                query=" OR ".join(f'sku:"{escape(sku)}"' for sku in group),
            )
            for row in rows:
                # The search knows neither case nor the end of a word.
                if row["sku"] in found:
                    found[row["sku"]].append(row)
        return found

    def _set(self, product: str, rows: Sequence[tuple[str, dict[str, Any]]]) -> None:
        _payload, errors = self._client.try_change(
            documents.SET_PRICES,
            product=product,
            variants=[row for _sku, row in rows],
        )
        refused: dict[int, list[dict[str, Any]]] = {}
        for error in errors:
            index = _find_index(error, len(rows))
            for at in range(len(rows)) if index is None else (index,):
                refused.setdefault(at, []).append(error)
        for at, (sku, _row) in enumerate(rows):
            self._answers[sku] = _name(sku, refused[at]) if at in refused else None


def _find_index(error: dict[str, Any], count: int) -> int | None:
    """Which variant is meant by a path like variants.3.price; None: all of them."""
    steps = [str(step) for step in error.get("field") or ()]
    numbers = [int(step) for step in steps if step.isdigit()]
    return numbers[0] if numbers and numbers[0] < count else None


def _name(sku: str, errors: list[dict[str, Any]]) -> ChannelError:
    error = refuse(errors)
    error.message = f"SKU {sku}: {error.message}"
    return error


def _refuse_count(sku: str, count: int) -> Rejected:
    if count:
        return Rejected(
            f"SKU {sku} belongs to {count} variants in the shop: make it unique there.",
            field="sku",
            value=sku,
        )
    return Rejected(
        f"The shop has no product with SKU {sku}: create it there, or switch the "
        "listing off.",
        field="sku",
        value=sku,
    )

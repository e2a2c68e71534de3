# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the rows of a table to order documents: one row a line, orders by their key."""

from collections.abc import Iterable, Sequence

from ...engine.errors import Rejected
from .building import Draft, read_fields
from .fields import LABELS, default_source, find_missing
from .formats import Column, Document, Format, unreadable

MOST_ROWS = 100_000
Row = tuple[int, Sequence[object]]


def read_table(rows: Iterable[Row], form: Format) -> list[Document]:
    """Documents of a table, in the order of their first rows.

    :param rows: (number, cells); the first of them is the header
    :raise Rejected: if there is no header, or a column that must be there is not
    """
    pairs = iter(rows)
    number, head = next(pairs, (0, ()))
    names = [str(cell if cell is not None else "").strip() for cell in head]
    columns = _check_columns(names, number, form)
    return _Table(form, names, columns).read_rows(pairs)


def get_columns(form: Format) -> tuple[Column, ...]:
    """The mapping; without one, headers have the names of the fields."""
    return form.columns or tuple(Column(name, default_source(name)) for name in LABELS)


def _check_columns(names: list[str], number: int, form: Format) -> dict[str, int]:
    """{header in small letters: position}

    :raise Rejected: names what is missing
    """
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault(name.lower(), place)
    said = {
        column.field
        for column in get_columns(form)
        if column.constant or column.source.lower() in places
    }
    if form.currency:
        said.add("currency")
    missing = find_missing(said)
    wanted = {column.field: column.source for column in get_columns(form)}
    shown = [wanted.get(name) or LABELS[name] for name in missing]
    if missing:
        raise Rejected(
            f"The header (row {number or 1}) lacks the columns {', '.join(shown)}.",
            field="header",
            value=" | ".join(names)[:80],
        )
    return places


class _Table:
    def __init__(self, form: Format, names: list[str], places: dict[str, int]):
        self.form, self.names, self.places = form, names, places
        self.columns = [
            column
            for column in get_columns(form)
            if column.constant or column.source.lower() in places
        ]
        self.drafts: dict[str, Draft] = {}
        self.strays: list[Document] = []
        self.last = ""

    def read_rows(self, rows: Iterable[Row]) -> list[Document]:
        for count, (number, cells) in enumerate(rows):
            if count >= MOST_ROWS:
                raise Rejected(
                    f"The table has more than {MOST_ROWS} rows: split it.", field="file"
                )
            if any(cell is not None and str(cell).strip() for cell in cells):
                self._add(number, cells)
        orders = [draft.finish() for draft in self.drafts.values()]
        return sorted([*orders, *self.strays], key=lambda document: document.rows)

    def _add(self, number: int, cells: Sequence[object]) -> None:
        if len(cells) > len(self.names) and any(
            str(cell or "").strip() for cell in cells[len(self.names) :]
        ):
            self._stray(number, cells, "has more cells than the header has columns")
            return
        values = read_fields(
            self.columns, self.form, lambda name: self._get(cells, name)
        )
        key = str(values.get("external_id") or "")
        if not key and self.form.carry_down:
            key = self.last
        if not key:
            self._stray(number, cells, f"has no {self._header('external_id')}")
            return
        self.last = key
        draft = self.drafts.setdefault(key, Draft(self.form))
        draft.rows.append(number)
        where = {
            column.field: f"row {number}, column {column.source}"
            for column in self.columns
            if column.source
        }
        for name in ("line.quantity", "line.unit_price", "line.sku"):
            where.setdefault(name, f"row {number}")
        draft.add_head(values, where)
        if not self.form.header_rows or _has_item(values):
            draft.add_line(values, where | {"": f"row {number}"})

    def _get(self, cells: Sequence[object], name: str) -> object:
        place = self.places.get(name.lower())
        return cells[place] if place is not None and place < len(cells) else None

    def _header(self, field: str) -> str:
        return next((c.source for c in self.columns if c.field == field), field)

    def _stray(self, number: int, cells: Sequence[object], reason: str) -> None:
        content = {"row": number, "cells": ["" if c is None else str(c) for c in cells]}
        self.strays.append(unreadable(f"Row {number} {reason}.", number, content))


def _has_item(values: dict[str, object]) -> bool:
    return any(values.get(f"line.{key}") for key in ("sku", "barcode", "name"))

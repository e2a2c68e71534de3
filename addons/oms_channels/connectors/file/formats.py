# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How files of a channel are written, and what reading one gives."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field of our order document is found.

    ``source`` is a column's header, or a path in a tree (``buyer/name``,
    ``total/@currency``); ``constant`` stands where the file says nothing.
    ``values`` translate what the file says: (theirs, ours).
    """

    field: str
    source: str = ""
    constant: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """What a clerk has set for the files of a channel; empty: found by itself.

    ``date_format`` is of ``strptime``, for dates that are not ISO 8601; ``tz`` is
    where times without offset were written. ``tax_percent`` is added to lines that
    name no tax (business orders name none).
    """

    kind: str = ""
    delimiter: str = ""
    encoding: str = ""
    decimal_mark: str = "."
    date_format: str = ""
    tz: str = "UTC"
    currency: str = ""
    taxes_included: bool = False
    tax_percent: Decimal | None = None
    sheet: str = ""
    skip_rows: int = 0
    carry_down: bool = False
    header_rows: bool = False
    records: str = ""
    lines: str = ""
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One order of a file as our order document, not yet mapped.

    ``rows`` are what it was read from: rows of a table (the header is 1), else its
    position in the file. ``places`` tell for a path in the payload where it stands
    in the file, as a person finds it.
    """

    payload: dict[str, object]
    rows: tuple[int, ...] = ()
    places: dict[str, str] = field(default_factory=dict)

    def tell(self, reason: str) -> str:
        """A refusal of the mapper, with the place in the file instead of the path.

        >>> document = Document({}, (4,), {"total": "row 4, column Sum"})
        >>> document.tell("total is not a number (many).")
        'Row 4, column Sum is not a number (many).'
        """
        path, _space, rest = reason.partition(" ")
        place = self.places.get(path, "")
        return f"{place[:1].upper()}{place[1:]} {rest}" if place else reason


def unreadable(reason: str, row: int, content: object = None) -> Document:
    """Something in a file that belongs to no order: kept, with the reason."""
    return Document({"unreadable": reason, "content": content}, (row,))

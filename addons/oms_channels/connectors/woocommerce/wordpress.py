# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What WordPress does to values: times without zone, loose extra data, HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ...engine.errors import Rejected
from ...engine.reading import Node

_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$", re.ASCII)
_TAGS = re.compile(r"<[^>]{0,500}>")
# Amounts finer than this are no amounts of any currency.
MOST_DIGITS = 4


def read_moment(node: Node, key: str) -> datetime | None:
    """A ``…_gmt`` member: UTC, though it does not say so; None for no time.

    :raise Rejected: if it is no time
    """
    found = node.get(key)
    if isinstance(found.value, str):
        text = found.value.strip()
        if not text or text.startswith("0000-00-00"):
            return None
        if not _OFFSET.search(text):
            found = Node(f"{text}Z", found.path)
    try:
        return Node({"moment": found.value}).moment("moment")
    except Rejected:
        raise node.get(key).refuse(
            "is not a time like 2026-03-01T09:30:00 (UTC)"
        ) from None


@dataclass(frozen=True, slots=True)
class Meta:
    """The extra data of a record, ``meta_data``: anything, put there by anybody.

    Values of another form than text, a number or a flag are not read.
    """

    pairs: tuple[tuple[str, str], ...]
    visible: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, node: Node) -> "Meta":
        rows = list(_list_rows(node))
        return cls(
            tuple((row.text("key"), _write(row, "value")) for row in rows),
            tuple(
                (
                    _write(row, "display_key", "key"),
                    _write(row, "display_value", "value"),
                )
                for row in rows
                if not row.text("key").startswith("_")
            ),
        )

    def find(self, *names: str) -> str:
        """The first value under one of these names, however they are punctuated."""
        plain = {_plain(key): value for key, value in reversed(self.pairs) if value}
        return next((plain[name] for name in names if name in plain), "")

    def write_visible(self) -> str:
        """What the buyer chose, a line each."""
        return "\n".join(
            f"{key}: {value}" if key else value for key, value in self.visible if value
        )


def _list_rows(node: Node) -> Iterator[Node]:
    """Rows that are objects; anything else in there is some plugin's own."""
    found = node.get("meta_data")
    if isinstance(found.value, list):
        for value in found.value:
            row = Node(value)
            if isinstance(value, dict) and _is_scalar(row.get("key").value):
                yield row


def _write(row: Node, *keys: str) -> str:
    found = next((key for key in keys if _is_scalar(row.get(key).value)), "")
    value = row.get(found).value if found else None
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    return strip_tags(row.text(found))


def _is_scalar(value: object) -> bool:
    if isinstance(value, int) and value.bit_length() > 128:
        return False
    return isinstance(value, str | int | float | Decimal)


def strip_tags(text: str) -> str:
    return " ".join(_TAGS.sub(" ", text).split())


def _plain(key: str) -> str:
    return re.sub(r"[\W_]+", " ", key).strip().lower()


def count_digits(values: list[Decimal]) -> int:
    """With how many decimals these amounts are written."""
    exponents = [value.as_tuple().exponent for value in values]
    digits = [-exponent for exponent in exponents if isinstance(exponent, int)]
    return min(max([*digits, 0]), MOST_DIGITS)

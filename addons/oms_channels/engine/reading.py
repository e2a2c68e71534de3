# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads a parsed JSON document; whatever is wrong is told with its path."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .errors import Rejected
from .money import parse_decimal, parse_moment

SHOWN = 80


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document, and where it stands.

    Most methods take several keys, for the spellings of one thing in the dialects
    of a platform: the first that is there and not null is read. Null and absent
    are the same; keys that nobody asks for are ignored.
    """

    value: object
    path: str = ""

    # === WAY ===

    def get(self, *keys: str) -> "Node":
        """The first of these members that is there; else an empty node."""
        members = self.value if isinstance(self.value, dict) else {}
        key = next((key for key in keys if members.get(key) is not None), keys[0])
        path = f"{self.path}.{key}" if self.path else key
        return Node(members.get(key), path)

    def part(self, *keys: str) -> "Node":
        """As ``get``, but what is there must be an object."""
        found = self.get(*keys)
        return found.check_object() if found else found

    def items(self, *keys: str) -> tuple["Node", ...]:
        """Members of a list, or of a GraphQL connection; none if it is not there."""
        found = self.get(*keys)
        if isinstance(found.value, dict) and "nodes" in found.value:
            found = found.get("nodes")
        if found.value is None:
            return ()
        if not isinstance(found.value, list):
            raise found.refuse("must be a list")
        return tuple(
            Node(value, f"{found.path}[{index}]").check_object()
            for index, value in enumerate(found.value)
        )

    def check_object(self) -> "Node":
        if not isinstance(self.value, dict):
            raise self.refuse("must be an object with named members")
        return self

    def __bool__(self) -> bool:
        return self.value is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.value if isinstance(self.value, dict) else {})

    # === VALUES ===

    def text(self, *keys: str) -> str:
        """Clean text, empty if it is not there; a number is taken by its digits."""
        found = self.get(*keys)
        value = found.value
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(
            value, str | int | float | Decimal
        ):
            raise found.refuse("must be text")
        if isinstance(value, int) and value.bit_length() > 128:
            raise found.refuse("is too long a number")
        return clean(str(value))

    def required(self, *keys: str) -> str:
        return self.text(*keys) or _raise(self.get(*keys), "is missing")

    def number(self, *keys: str, least: Decimal | None = None) -> Decimal:
        """A number that must be there, at least ``least``."""
        found = self.get(*keys)
        if found.value is None or found.value == "":
            raise found.refuse("is missing")
        try:
            number = parse_decimal(found.value)
        except ValueError:
            raise found.refuse("is not a number") from None
        if least is not None and number < least:
            raise found.refuse(f"must be at least {least}")
        return number

    def number_or(
        self, default: Decimal, *keys: str, least: Decimal | None = None
    ) -> Decimal:
        found = self.get(*keys)
        if found.value is None or found.value == "":
            return default
        return self.number(*keys, least=least)

    def moment(self, *keys: str) -> datetime | None:
        """A time in UTC, or None if it is not there."""
        found = self.get(*keys)
        if found.value is None or found.value == "":
            return None
        try:
            return parse_moment(found.value)
        except ValueError:
            raise found.refuse(
                "is not a time with its offset from UTC, like 2026-03-01T09:30:00Z"
            ) from None

    def flag(self, *keys: str) -> bool:
        found = self.get(*keys)
        if found.value is None:
            return False
        if not isinstance(found.value, bool):
            raise found.refuse("must be true or false")
        return found.value

    # === REFUSAL ===

    def refuse(self, reason: str) -> Rejected:
        """The error that names this place and what stands there."""
        shown = show(self.value)
        where = self.path or "The document"
        said = "" if self.value is None and reason == "is missing" else f" ({shown})"
        return Rejected(f"{where} {reason}{said}.", field=self.path, value=shown)


def _raise(node: Node, reason: str) -> str:
    raise node.refuse(reason)


def clean(text: str) -> str:
    """Text that a database takes: entities resolved, no NUL, no half characters.

    >>> clean(" D'Été &amp; Söhne ")
    "D'Été & Söhne"
    """
    text = html.unescape(text).replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def show(value: object) -> str:
    """A value as a person finds it in the document, shortened."""
    if isinstance(value, dict):
        return f"an object with {len(value)} members"
    if isinstance(value, list):
        return f"a list with {len(value)} members"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and value.bit_length() > 128:
        return "a very long number"
    text = clean(str(value))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

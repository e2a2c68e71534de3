# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Relay paging over lists that may change between two pages."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from graphql import GraphQLError

LARGEST_PAGE = 250


class BadRequest(GraphQLError):
    """An argument that the schema permits and the platform does not."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_REQUEST"})


def encode(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def decode(cursor: str) -> tuple[Any, ...]:
    try:
        return tuple(json.loads(base64.urlsafe_b64decode(cursor.encode())))
    except ValueError as error:
        raise BadRequest(f"Invalid cursor {cursor!r}.") from error


def plain(value: Any) -> Any:
    """A sort key in a form that survives JSON and still compares right."""
    if isinstance(value, datetime):
        return value.timestamp()
    return float(value) if isinstance(value, Decimal) else value


def connection(
    rows: Iterable[Any],
    arguments: dict[str, Any],
    key: Callable[[Any], Any] | None = None,
    identity: Callable[[Any], Any] = lambda row: row.id,
) -> dict[str, Any]:
    """A page. With `key` the cursor holds the row's sort key and its number, so a page
    starts behind that place, wherever the row has gone; without, its position."""
    first, last = arguments.get("first"), arguments.get("last")
    _check(first, last)
    keyed = _keyed(list(rows), key, identity)
    if arguments.get("reverse"):
        keyed.reverse()
    descending = bool(arguments.get("reverse"))
    start, end = 0, len(keyed)
    if arguments.get("after"):
        mark = decode(arguments["after"])
        start = sum(1 for place, _row in keyed if _before(place, mark, descending))
        start += sum(1 for place, _row in keyed if place == mark)
    if arguments.get("before"):
        mark = decode(arguments["before"])
        end = sum(1 for place, _row in keyed if _before(place, mark, descending))
    if first is not None:
        page = keyed[start : min(end, start + first)]
    else:
        page = keyed[max(start, end - last) : end]
    edges = [{"cursor": encode(place), "node": row} for place, row in page]
    low = keyed.index(page[0]) if page else start
    return {
        "edges": edges,
        "nodes": [row for _place, row in page],
        "page_info": {
            "has_next_page": low + len(page)
            < (end if first is not None else len(keyed)),
            "has_previous_page": low > 0 if page else start > 0,
            "start_cursor": edges[0]["cursor"] if edges else None,
            "end_cursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _check(first: int | None, last: int | None) -> None:
    if first is None and last is None:
        raise BadRequest("you must provide one of first or last")
    if first is not None and last is not None:
        raise BadRequest("providing both first and last is not supported")
    name, size = ("first", first) if first is not None else ("last", last)
    if size < 0:
        raise BadRequest(f"{name} must be a non-negative integer.")
    if size > LARGEST_PAGE:
        raise BadRequest(f"{name} cannot exceed {LARGEST_PAGE}")


def _keyed(rows, key, identity) -> list[tuple[tuple[Any, ...], Any]]:
    if key is None:
        return [((index,), row) for index, row in enumerate(rows)]
    places = [((plain(key(row)), identity(row)), row) for row in rows]
    return sorted(places, key=lambda pair: pair[0])


def _before(place: tuple[Any, ...], mark: tuple[Any, ...], descending: bool) -> bool:
    return place > mark if descending else place < mark

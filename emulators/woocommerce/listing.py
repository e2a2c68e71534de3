# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists: filters, sorting and pages, with the platform's traps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone

from .store import STATUSES, Row, ShopError, Store

MOST = 100


def list_orders(
    store: Store, query: Mapping[str, str], *, ignores_modified_after: bool = False
) -> list[Row]:
    """All that match, in order; `cut` takes the page."""
    wanted = set((query.get("status") or "any").split(","))
    _check_statuses(wanted)
    rows = [row for row in store.orders.values() if _has_status(row, wanted)]
    if "include" in query:
        numbers = set(query["include"].split(","))
        rows = [row for row in rows if str(row["id"]) in numbers]
    if "exclude" in query:
        numbers = set(query["exclude"].split(","))
        rows = [row for row in rows if str(row["id"]) not in numbers]
    for name, member, sign in (
        ("modified_after", "date_modified_gmt", 1),
        ("modified_before", "date_modified_gmt", -1),
        ("after", "date_created_gmt", 1),
        ("before", "date_created_gmt", -1),
    ):
        if query.get(name) and not (ignores_modified_after and "modified" in name):
            limit = _read_moment(store, query, name)
            # Exclusive, to the second.
            rows = [
                row
                for row in rows
                if (datetime.fromisoformat(row[member]) - limit).total_seconds() * sign
                > 0
            ]
    key = {"modified": "date_modified_gmt", "id": "id"}.get(
        query.get("orderby", "date"), "date_created_gmt"
    )
    backwards = query.get("order", "desc") == "desc"
    return sorted(rows, key=lambda row: (row[key], row["id"]), reverse=backwards)


def _check_statuses(wanted: set[str]) -> None:
    for status in wanted - {"any", "trash", *STATUSES}:
        raise ShopError(
            "rest_invalid_param", "Invalid parameter(s): status", 400,
            status=f"status[0] is not one of any, trash and others: {status}.",
        )  # fmt: skip


def _has_status(row: Row, wanted: set[str]) -> bool:
    if "any" in wanted:
        # The trash is not anything.
        return row["status"] != "trash"
    return row["status"] in wanted


def _read_moment(store: Store, query: Mapping[str, str], name: str) -> datetime:
    """In UTC; without zone it is the shop's time, unless the caller says otherwise."""
    try:
        moment = datetime.fromisoformat(query[name].replace("Z", "+00:00"))
    except ValueError:
        raise ShopError(
            "rest_invalid_param", f"Invalid parameter(s): {name}", 400,
            **{name: "Invalid date."},
        ) from None  # fmt: skip
    if not moment.tzinfo:
        is_utc = query.get("dates_are_gmt") == "true"
        moment = moment.replace(tzinfo=timezone.utc if is_utc else store.zone)
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


def cut(rows: list[Row], query: Mapping[str, str]) -> tuple[list[Row], dict[str, str]]:
    """(the page, headers that tell of the others); a page past the end is empty."""
    size = _read_number(query, "per_page", 10, 1, MOST)
    page = _read_number(query, "page", 1, 1, 10**9)
    start = _read_number(query, "offset", (page - 1) * size, 0, 10**9)
    pages = -(-len(rows) // size)
    headers = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(pages)}
    return rows[start : start + size], headers


def _read_number(query, name: str, default: int, least: int, most: int) -> int:
    text = query.get(name, str(default))
    if not text.isdigit() or not least <= int(text) <= most:
        raise ShopError(
            "rest_invalid_param", f"Invalid parameter(s): {name}", 400,
            **{name: f"{name} must be between {least} and {most} (inclusive)"},
        )  # fmt: skip
    return int(text)

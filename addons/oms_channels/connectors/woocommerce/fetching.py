# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads orders, each of them with its refunds.

Pages are read by id and not by time of change: an order that changes while pages are
read keeps its place then, and one that newly belongs to the list only shifts others to
later pages. Rows that vanish (the trash) shift others to earlier ones, so each page
begins with the last row of the page before; if that is not there, it is read anew
further back. Nothing is missed, whatever moves.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from typing import Any

from ...engine.errors import ChannelError, Rejected, Retry
from ...engine.reading import Node
from .client import PAGE, Client, Refused, split
from .mapper import is_draft
from .progress import REFUNDS
from .wordpress import read_moment

Order = dict[str, Any]
# A shop that failed this often in a row will fail for the next order, too.
PATIENCE = 3


def fetch_page(
    client: Client, since: datetime, cursor: str | None, status: str = "any"
) -> tuple[list[Order], str | None]:
    """Orders changed since a moment, by id.

    :param since: UTC, without zone as Odoo keeps it
    :param cursor: where the page before ended: rows read, a colon, the last one's id
    """
    read, _colon, last = (cursor or "0:0").partition(":")
    offset, last_id = max(int(read) - 1, 0), int(last)
    while True:
        rows = client.list_page(
            "orders",
            status=status,
            orderby="id",
            order="asc",
            offset=offset,
            # Without the second, the first would be taken for the shop's local time.
            modified_after=f"{since:%Y-%m-%dT%H:%M:%S}",
            dates_are_gmt=True,
        )
        is_joined = bool(rows) and _get_id(rows[0]) <= last_id
        if not offset or is_joined:
            break
        offset = max(offset - PAGE, 0)
    fresh = [row for row in rows if _get_id(row) > last_id]
    orders = [row for row in fresh if _is_wanted(row, since)]
    add_refunds(client, orders)
    if len(rows) < PAGE:
        return orders, None
    return orders, f"{offset + len(rows)}:{max(last_id, _get_id(rows[-1]))}"


def _get_id(row: Order) -> int:
    number = str(row.get("id"))
    if not number.isascii() or not number.isdigit():
        raise Rejected(f"The shop lists an order whose number is {number[:80]}.")
    return int(number)


def _is_wanted(row: Order, since: datetime) -> bool:
    """Placed, and changed since then: old shops do not know how to ask for that."""
    if is_draft(row):
        return False
    try:
        changed_at = read_moment(Node(row), "date_modified_gmt")
    except Rejected:
        return True  # the mapper says what is wrong with it
    start = since.replace(tzinfo=timezone.utc, microsecond=0)
    return changed_at is None or changed_at >= start


def add_refunds(client: Client, orders: Iterable[Order]) -> None:
    """Put the refunds into the orders, of which the orders name only the amounts."""
    for order in orders:
        order[REFUNDS] = []
        if order.get("refunds"):
            order[REFUNDS] = [*client.list_all(f"orders/{order['id']}/refunds")]


def read_again(
    client: Client, numbers: Sequence[str]
) -> dict[str, Order | ChannelError | None]:
    """{number: the order as it is now; why it cannot be read; None if it is gone}.

    What fails for one order says nothing of the others; if it fails so for several in
    a row, it is the shop, and the rest is not asked for.

    :raise ChannelError: if the shop has to be set up anew
    """
    listed = _list_again(client, sorted(set(numbers)))
    found: dict[str, Order | ChannelError | None] = {}
    failed = 0
    answer: Order | ChannelError | None = None
    for number in dict.fromkeys(numbers):
        if failed < PATIENCE:
            answer = _try_to_complete(client, number, listed.get(number))
            failed = failed + 1 if isinstance(answer, Retry) else 0
        found[number] = answer
    return found


def _list_again(client: Client, numbers: Sequence[str]) -> dict[str, Order]:
    """What the list has of these orders; one broken order may cost a whole page."""
    found: dict[str, Order] = {}
    for part in split(numbers, PAGE):
        try:
            rows = client.list_page("orders", include=part, status="any")
        except Retry:
            continue
        found |= {str(row.get("id")): row for row in rows}
    return found


def _try_to_complete(
    client: Client, number: str, row: Order | None
) -> Order | ChannelError | None:
    try:
        return _complete(client, number, row)
    except (Retry, Rejected) as error:
        return error


def _complete(client: Client, number: str, row: Order | None) -> Order | None:
    """The order with its refunds. The list leaves out what is in the trash."""
    if not row:
        try:
            row = client.get(f"orders/{number}")
        except Refused:
            return None
    if not isinstance(row, dict):
        return None
    add_refunds(client, [row])
    return row

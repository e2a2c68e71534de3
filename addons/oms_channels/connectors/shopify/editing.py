# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changes units of orders in the shop, and closes orders.

An edit is a session of the shop: begun, filled, committed, and forgotten if it is
not. It sets numbers and adds none, so a repetition finds that all is done.
"""

from typing import Any

from ...engine.documents import Closing, OrderEdit, UnitEdit
from ...engine.errors import Misconfigured, Rejected
from . import documents
from .client import Client
from .parcels import read_number
from .undoing import read_order

NOTE = "Edited in the order management system"


# === EDITING ===


def edit(client: Client, wish: OrderEdit) -> None:
    """:raise ChannelError: if the shop has other units than wanted afterwards"""
    order = read_order(client, wish.order_external_id)
    rows = {
        read_number(row["id"]): row
        for row in client.list_all(
            documents.EDITABLE_LINES, "order.lineItems", id=order["id"]
        )
    }
    todo = {
        number: int(unit.wanted)
        for unit in wish.lines
        if _is_due(order, unit, rows.get(number := read_number(unit.line_external_id)))
    }
    if todo:
        _carry_out(client, order, todo)


def _is_due(order: dict[str, Any], unit: UnitEdit, row: dict[str, Any] | None) -> bool:
    """:raise Rejected: if somebody else has changed the line, or it has left"""
    units = row["currentQuantity"] if row else 0
    if units == unit.wanted:
        return False
    if not row or order["cancelledAt"]:
        fact = "is cancelled" if order["cancelledAt"] else "has no such line any more"
    elif units not in unit.known:
        fact = f"has {units} × {row['name']} by now"
    elif row["unfulfilledQuantity"] != units:
        fact = f"has shipped some of {row['name']}"
    else:
        return True
    raise Rejected(
        f"Order {order['name']} {fact} in the shop; here line {unit.line_external_id} "
        f"was edited to {unit.wanted.normalize():f}. Compare the two, mend what is "
        "wrong by hand, then skip this message.",
        acts="clerk",
        field="lines",
        value=unit.line_external_id,
    )


def _carry_out(client: Client, order: dict[str, Any], todo: dict[str, int]) -> None:
    session = _begin(client, order)
    lines = {read_number(row["id"]): row["id"] for row in session["lineItems"]["nodes"]}
    missing = todo.keys() - lines.keys()
    if missing:
        raise Rejected(
            f"Order {order['name']} has more lines than can be edited at once: change "
            "it in the shop by hand, then skip this message.",
            acts="clerk",
            field="lines",
        )
    for number, units in todo.items():
        client.change(
            documents.SET_UNITS, id=session["id"], line=lines[number], units=units
        )
    client.change(documents.COMMIT_EDIT, id=session["id"], note=NOTE)


def _begin(client: Client, order: dict[str, Any]) -> dict[str, Any]:
    try:
        begun = client.change(documents.BEGIN_EDIT, id=order["id"])
    except Misconfigured as error:
        # The token has just read the order: what it lacks is this permission, and
        # everything else can still be told.
        raise Rejected(
            f"{error} Give the app the permission write_order_edits, or change order "
            f"{order['name']} in the shop by hand.",
            acts="administrator",
        ) from None
    session: dict[str, Any] = begun["calculatedOrder"]
    return session


# === CLOSING ===


def close(client: Client, wish: Closing) -> None:
    """:raise ChannelError: if the order is not closed there"""
    order = read_order(client, wish.order_external_id)
    if not order["closed"]:
        client.change(documents.CLOSE, id=order["id"])

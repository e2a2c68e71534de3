# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Editing sessions: begun, filled, committed; and orders that are closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .. import orders
from ..model import Line, Order, Record
from ..store import ShopError, Store
from .answering import answering
from .connections import connection
from .resolving import field_of, number


@dataclass(eq=False)
class CalculatedOrder(Record):
    KIND = "CalculatedOrder"
    original_order: Order
    staged: dict[int, int] = field(default_factory=dict)


@dataclass(eq=False)
class CalculatedLineItem(Record):
    """A line as the session would leave it; its number is that of the line."""

    KIND = "CalculatedLineItem"
    line: Line
    quantity: int

    @property
    def editable_quantity(self) -> int:
        return max(self.quantity - self.line.fulfilled, 0)

    @property
    def sku(self) -> str | None:
        return self.line.sku

    @property
    def title(self) -> str:
        return self.line.title


def _calculate(session: CalculatedOrder, line: Line) -> CalculatedLineItem:
    units = session.staged.get(line.id, line.current_quantity)
    return CalculatedLineItem(line.id, line, units)


def _session(store: Store, gid: str) -> CalculatedOrder:
    found: CalculatedOrder | None = store.edits.get(number(gid, "CalculatedOrder"))
    if not found:
        raise ShopError("The calculated order does not exist.", ["id"])
    return found


@field_of("CalculatedOrder", "lineItems")
def line_items(row: CalculatedOrder, _info: Any, **arguments: Any) -> Any:
    lines = [_calculate(row, line) for line in row.original_order.lines]
    return connection(lines, arguments)


@field_of("Mutation")
@answering("calculated_order")
def order_edit_begin(_root: Any, info: Any, id: str) -> Any:
    store: Store = info.context.store
    order = store.order(id)
    if order.cancelled_at:
        raise ShopError("The order cannot be edited.", ["id"])
    session = CalculatedOrder(store.next_id("CalculatedOrder"), order)
    store.edits[session.id] = session
    return {"calculated_order": session}


@field_of("Mutation")
@answering("calculated_line_item", "calculated_order")
def order_edit_set_quantity(
    _root, info, id, line_item_id, quantity, location_id=None, restock=None
) -> Any:
    session = _session(info.context.store, id)
    key = number(line_item_id, "CalculatedLineItem")
    line = next((row for row in session.original_order.lines if row.id == key), None)
    if not line:
        raise ShopError("The line item does not exist.", ["lineItemId"])
    if quantity < line.fulfilled:
        raise ShopError("Fulfilled items cannot be edited.", ["quantity"])
    session.staged[line.id] = quantity
    return {
        "calculated_line_item": _calculate(session, line),
        "calculated_order": session,
    }


@field_of("Mutation")
@answering("order", "success_messages")
def order_edit_commit(
    _root, info, id, notify_customer=None, staff_note=None
) -> dict[str, Any]:
    store: Store = info.context.store
    session = _session(store, id)
    if not session.staged:
        raise ShopError("There are no changes to commit.", ["id"])
    wishes = [
        {"line_id": line, "quantity": units} for line, units in session.staged.items()
    ]
    orders.edit(store, session.original_order, {"set": wishes})
    del store.edits[session.id]
    return {"order": session.original_order, "success_messages": []}


@field_of("Mutation")
@answering("order")
def order_close(_root: Any, info: Any, input: dict[str, Any]) -> Any:
    store: Store = info.context.store
    order = store.order(input["id"])
    orders.close(store, order)
    return {"order": order}

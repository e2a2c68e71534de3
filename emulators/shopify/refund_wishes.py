# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refunds that a merchant makes in the shop's own screens."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from .model import Order, Refund
from .refunds import LineWish, check, make, shipping_share, spread, suggested
from .store import ShopError, Store


def refund_by_hand(store: Store, order: Order, body: dict[str, Any]) -> Refund:
    """`lines`: [{sku or line_id, quantity, restock}], `shipping`: true or amount,
    `amount`: money to give back (default: what is fair; 0 gives none), `note`.
    An empty body gives back one unit of the first line that has any."""
    lines = [_wish(store, order, row) for row in body.get("lines") or ()]
    if not body:
        line = next((row for row in order.lines if row.current_quantity), None)
        if not line:
            raise ShopError(f"Order {order.name} has nothing left to refund.", ["id"])
        lines = [_wish(store, order, {"line_id": line.id, "quantity": 1})]
    wish = body.get("shipping")
    try:
        part = None if wish in (None, True) else Decimal(str(wish))
        shipping = shipping_share(order, part) if wish else []
        amount = body.get("amount")
        check(order, lines)
        fair = suggested(order, lines, shipping)[2].presentment
        amount = fair if amount is None else Decimal(str(amount))
    except InvalidOperation as error:
        raise ShopError("amount and shipping must be numbers.", ["amount"]) from error
    payments = spread(order, amount)
    short = amount - sum(share for _parent, _gateway, share in payments)
    if short > 0:
        payments.append((None, "manual", short))
    return make(
        store,
        order,
        lines,
        shipping=shipping,
        payments=payments,
        note=body.get("note"),
        over=bool(body.get("over")),
    )


def _wish(store: Store, order: Order, row: dict[str, Any]) -> LineWish:
    for line in order.lines:
        if str(line.id) == str(row.get("line_id")) or (
            row.get("sku") is not None and line.sku == row["sku"]
        ):
            shipped = bool(line.fulfilled)
            kind = row.get("restock", "return" if shipped else "cancel")
            location = next(iter(store.locations.values()))
            return LineWish(line, int(row.get("quantity", 1)), kind, location)
    raise ShopError(f"Order {order.name} has no line {row}.", ["lines"])

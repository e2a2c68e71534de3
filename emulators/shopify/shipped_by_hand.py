# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parcels that a merchant sends off in the shop's own screens."""

from __future__ import annotations

from typing import Any

from .fulfilment import OPEN, Parcel, Tracking, create
from .model import Fulfillment, FulfillmentOrder, Order
from .store import ShopError, Store


def ship_by_hand(store: Store, order: Order, body: dict[str, Any]) -> Fulfillment:
    """`lines`: [{sku or line_id, quantity}] (default: all that is left at the first
    location that has any), `tracking`, `company`."""
    source = next(
        (
            row
            for row in order.fulfillment_orders
            if row.status in OPEN and any(part.remaining for part in row.lines)
        ),
        None,
    )
    if not source:
        raise ShopError(f"Order {order.name} has nothing left to send.", ["id"])
    lines = [_find(source, wish) for wish in body.get("lines") or ()]
    number = body.get("tracking")
    tracking = Tracking(body.get("company"), [number] if number else [])
    return create(store, [Parcel(source, lines or None)], tracking, notify=False)


def _find(source: FulfillmentOrder, wish: dict[str, Any]) -> tuple[int, int]:
    for part in source.lines:
        if str(part.line.id) == str(wish.get("line_id")) or (
            wish.get("sku") is not None and part.line.sku == wish["sku"]
        ):
            return part.id, int(wish.get("quantity", part.remaining))
    raise ShopError(f"Nothing of {wish} is left to send.", ["lines"])

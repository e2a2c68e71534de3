# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From order to parcel: fulfilment orders and fulfilments. Callers hold the lock."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import inventory, payload
from .model import (
    Fulfillment,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentOrderLine,
    Line,
    Location,
    Order,
)
from .store import ShopError, Store

OPEN = ("OPEN", "IN_PROGRESS")


@dataclass(slots=True)
class Tracking:
    company: str | None = None
    numbers: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What to send of one fulfilment order; no lines: all that is left of it."""

    source: FulfillmentOrder
    lines: list[tuple[int, int]] | None  # (id of its line, quantity)


# === FULFILMENT ORDERS ===
def open_for(store: Store, order: Order) -> None:
    for line in order.lines:
        add_line(store, order, line, line.quantity)


def add_line(store: Store, order: Order, line: Line, units: int) -> None:
    if line.is_gift_card:
        return
    target = next(
        (
            row
            for row in order.fulfillment_orders
            if row.status == "OPEN" and row.requires_shipping == line.requires_shipping
        ),
        None,
    ) or _new(store, order, requires_shipping=line.requires_shipping)
    known = next((row for row in target.lines if row.line is line), None)
    if known:
        known.total += units
        known.remaining += units
    else:
        target.lines.append(
            FulfillmentOrderLine(
                store.next_id("FulfillmentOrderLineItem"), line, units, units
            )
        )
    target.updated_at = max(store.clock(), order.created_at)
    inventory.commit(store, line, target.location, units)


def _new(store: Store, order: Order, *, requires_shipping: bool) -> FulfillmentOrder:
    row = FulfillmentOrder(
        store.next_id("FulfillmentOrder"),
        order,
        _choose_location(store, order),
        order.created_at,
        order.created_at,
        requires_shipping,
    )
    order.fulfillment_orders.append(row)
    store.fulfillment_orders[row.id] = row
    return row


def _choose_location(store: Store, order: Order) -> Location:
    """The first that has everything, otherwise the first."""
    places = [row for row in store.locations.values() if row.is_active]
    for place in places:
        levels = [
            (inventory.line_level(store, line, place), line.quantity)
            for line in order.lines
        ]
        if all(level is None or level.available >= units for level, units in levels):
            return place
    return places[0]


def drop_units(store: Store, line: Line, units: int, *, restock: bool) -> None:
    """Units that will not be sent; without restock they count as lost."""
    for source in line.order.fulfillment_orders:
        for row in source.lines:
            if row.line is not line or source.status not in OPEN:
                continue
            taken = min(units, row.remaining)
            row.remaining -= taken
            row.total -= taken
            units -= taken
            inventory.commit(store, line, source.location, -taken)
            if not restock:
                inventory.put_back(store, line, source.location, -taken)
        _settle(store, source)


def close_all(store: Store, order: Order) -> None:
    for source in order.fulfillment_orders:
        if source.status in OPEN:
            source.status = "CLOSED"
            source.updated_at = store.clock()


def _settle(store: Store, source: FulfillmentOrder) -> None:
    if source.status not in OPEN:
        return
    left = sum(row.remaining for row in source.lines)
    total = sum(row.total for row in source.lines)
    source.status = "CLOSED" if not left else "IN_PROGRESS" if left < total else "OPEN"
    source.updated_at = store.clock()


# === FULFILMENTS ===
def check(parcels: list[Parcel]) -> None:
    if len({parcel.source.order.id for parcel in parcels}) != 1:
        raise ShopError(
            "All fulfillment orders must belong to the same order.", ["fulfillment"]
        )
    if len({parcel.source.location.id for parcel in parcels}) != 1:
        raise ShopError(
            "All fulfillment orders must be assigned to the same location.",
            ["fulfillment"],
        )
    for parcel in parcels:
        if parcel.source.status not in OPEN:
            raise ShopError(
                f"Fulfillment order {parcel.source.id} has an unfulfillable status= "
                f"{parcel.source.status.lower()}.",
                ["fulfillment"],
            )


def _wanted(parcel: Parcel) -> list[tuple[FulfillmentOrderLine, int]]:
    if not parcel.lines:
        return [(row, row.remaining) for row in parcel.source.lines if row.remaining]
    rows = {row.id: row for row in parcel.source.lines}
    wanted: dict[int, int] = {}
    for key, units in parcel.lines:
        wanted[key] = wanted.get(key, 0) + units
        if key not in rows:
            raise ShopError(
                "Fulfillment order line item does not exist.", ["fulfillment"]
            )
        if units < 1 or wanted[key] > rows[key].remaining:
            raise ShopError(
                "Invalid fulfillment order line item quantity requested.",
                ["fulfillment"],
            )
    return [(rows[key], units) for key, units in wanted.items()]


def create(store: Store, parcels: list[Parcel], tracking: Tracking, *, notify: bool):
    """One parcel of one order from one location, never more than is left to send."""
    check(parcels)
    wanted = [pair for parcel in parcels for pair in _wanted(parcel)]
    source = parcels[0].source
    order = source.order
    store.touch(order)
    made = Fulfillment(
        store.next_id("Fulfillment"),
        order,
        f"{order.name}-F{len(order.fulfillments) + 1}",
        source.location,
        order.updated_at,
        order.updated_at,
        [
            FulfillmentLine(store.next_id("FulfillmentLineItem"), row.line, units, row)
            for row, units in wanted
        ],
        [parcel.source for parcel in parcels],
        tracking.company,
        tracking.numbers,
        tracking.urls,
        notified=notify,
    )
    for row, units in wanted:
        row.remaining -= units
        row.line.fulfilled += units
        inventory.ship(store, row.line, source.location, units)
    for parcel in parcels:
        _settle(store, parcel.source)
    order.fulfillments.append(made)
    store.fulfillments[made.id] = made
    _announce(store, made)
    return made


def _announce(store: Store, made: Fulfillment) -> None:
    sources = made.order.fulfillment_orders
    left = sum(row.remaining for source in sources for row in source.lines)
    topic = "orders/partially_fulfilled" if left else "orders/fulfilled"
    body = payload.order(store, made.order)
    store.publish(
        [
            ("fulfillments/create", payload.fulfillment(store, made)),
            (topic, body),
            ("orders/updated", body),
        ]
    )


def set_tracking(store: Store, made: Fulfillment, tracking: Tracking) -> None:
    if made.status == "CANCELLED":
        raise ShopError(
            "Tracking of a cancelled fulfillment cannot be updated.", ["fulfillmentId"]
        )
    made.company = tracking.company
    made.numbers = tracking.numbers
    made.urls = tracking.urls
    _changed(store, made)


def cancel(store: Store, made: Fulfillment) -> None:
    """The goods are open again, on the fulfilment orders that they came from."""
    if made.status == "CANCELLED":
        raise ShopError("Fulfillment is already cancelled.", ["id"])
    made.status = "CANCELLED"
    for part in made.lines:
        part.line.fulfilled -= part.quantity
        part.source.remaining += part.quantity
        inventory.put_back(store, part.line, made.location, part.quantity)
        inventory.commit(store, part.line, made.location, part.quantity)
    for source in made.fulfillment_orders:
        source.status = "IN_PROGRESS"
        _settle(store, source)
    _changed(store, made)


def _changed(store: Store, made: Fulfillment) -> None:
    store.touch(made.order)
    made.updated_at = made.order.updated_at
    store.publish(
        [
            ("fulfillments/update", payload.fulfillment(store, made)),
            ("orders/updated", payload.order(store, made.order)),
        ]
    )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stock by item and location. Callers hold the lock."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Level, Line, Location
from .store import ShopError, Store

NAMES = ("available", "on_hand", "committed", "incoming", "reserved")
REASONS = (
    "correction",
    "cycle_count_available",
    "damaged",
    "movement_canceled",
    "movement_created",
    "movement_received",
    "movement_updated",
    "other",
    "promotion",
    "quality_control",
    "received",
    "reservation_created",
    "reservation_deleted",
    "reservation_updated",
    "restock",
    "safety_stock",
    "shrinkage",
)
HIGHEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Change:
    variant_id: int
    location_id: int
    quantity: int
    before: int | None  # None: whatever it is


def quantity(level: Level, name: str) -> int:
    return getattr(level, name) if name in ("available", "on_hand", "committed") else 0


def line_level(store: Store, line: Line, location: Location) -> Level | None:
    return store.levels.get((line.variant_id or 0, location.id))


def commit(store: Store, line: Line, location: Location, units: int) -> None:
    """Units of an open order are on hand but no longer available."""
    level = line_level(store, line, location)
    if level:
        level.committed += units
        level.updated_at = store.clock()


def ship(store: Store, line: Line, location: Location, units: int) -> None:
    level = line_level(store, line, location)
    if level:
        level.committed -= units
        level.on_hand -= units
        level.updated_at = store.clock()


def put_back(store: Store, line: Line, location: Location, units: int) -> None:
    level = line_level(store, line, location)
    if level:
        level.on_hand += units
        level.updated_at = store.clock()


def set_quantities(store: Store, name: str, reason: str, changes: list[Change]):
    """All or nothing. Returns (level, delta) pairs of what really moved."""
    _check_words(name, reason)
    keys = [(change.variant_id, change.location_id) for change in changes]
    moves = []
    for index, change in enumerate(changes):
        where = ["input", "quantities", str(index)]
        if keys[index] in keys[:index]:
            raise ShopError(
                "The combination of inventoryItemId and locationId must be unique.",
                [*where, "locationId"],
                "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
            )
        level = _stocked(store, change, where)
        _check_range(change.quantity, [*where, "quantity"])
        now = quantity(level, name)
        if change.before is not None and change.before != now:
            raise ShopError(
                "The changeFromQuantity argument no longer matches "
                "the persisted quantity.",
                [*where, "changeFromQuantity"],
                "CHANGE_FROM_QUANTITY_STALE",
            )
        moves.append((level, change.quantity - now))
    for level, delta in moves:
        level.on_hand += delta
        level.updated_at = store.clock()
    moved = [(level, delta) for level, delta in moves if delta]
    if moved:
        store.publish([("inventory_levels/update", body(level)) for level, _d in moved])
    return moved


def _stocked(store: Store, change: Change, where: list[str]) -> Level:
    """The level to change; refuses an item or a location that is not there."""
    if change.variant_id not in store.variants:
        raise ShopError(
            "The specified inventory item could not be found.",
            [*where, "inventoryItemId"],
            "INVALID_INVENTORY_ITEM",
        )
    level = store.levels.get((change.variant_id, change.location_id))
    if change.location_id not in store.locations or not level:
        raise ShopError(
            "The specified inventory item is not stocked at the location.",
            [*where, "locationId"],
            "INVALID_LOCATION",
        )
    return level


def _check_words(name: str, reason: str) -> None:
    if name not in ("available", "on_hand"):
        raise ShopError(
            "The quantity name must be either 'available' or 'on_hand'.",
            ["input", "name"],
            "INVALID_NAME",
        )
    if reason not in REASONS:
        raise ShopError(
            f"The specified reason is invalid. Valid reasons are: {', '.join(REASONS)}",
            ["input", "reason"],
            "INVALID_REASON",
        )


def _check_range(number: int, where: list[str]) -> None:
    if number > HIGHEST:
        raise ShopError(
            "The quantity can't be higher than 1,000,000,000.",
            where,
            "INVALID_QUANTITY_TOO_HIGH",
        )
    if number < -HIGHEST:
        raise ShopError(
            "The quantity can't be lower than -1,000,000,000.",
            where,
            "INVALID_QUANTITY_TOO_LOW",
        )


def body(level: Level) -> dict[str, object]:
    """The webhook `inventory_levels/update`."""
    return {
        "inventory_item_id": level.variant.id,
        "location_id": level.location.id,
        "available": level.available,
        "updated_at": level.updated_at.isoformat(),
        "admin_graphql_api_id": (
            f"gid://shopify/InventoryLevel/{level.location.id}"
            f"?inventory_item_id={level.variant.id}"
        ),
    }

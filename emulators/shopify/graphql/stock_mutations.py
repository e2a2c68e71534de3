# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Setting stock, and the subscriptions to webhooks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .. import inventory
from ..model import Level
from ..store import ShopError, Store
from .answering import answering, user_error
from .idempotency import idempotent
from .resolving import ItemOf, field_of, number


# === STOCK ===
def _no_stock_change(message: str, code: str) -> Any:
    error = ShopError(message, (), code)
    return {
        "inventory_adjustment_group": None,
        "user_errors": [user_error(error, code=True)],
    }


@field_of("Mutation")
@idempotent(_no_stock_change)
@answering("inventory_adjustment_group", code=True)
def inventory_set_quantities(_root: Any, info: Any, input: dict[str, Any]) -> Any:
    for index, row in enumerate(input["quantities"]):
        if "changeFromQuantity" not in row:
            raise ShopError(
                "The changeFromQuantity argument is required; null skips the check.",
                ["input", "quantities", str(index), "changeFromQuantity"],
                "CHANGE_FROM_QUANTITY_STALE",
            )
    store: Store = info.context.store
    moves = inventory.set_quantities(
        store,
        input["name"],
        input["reason"],
        [
            inventory.Change(
                number(row["inventoryItemId"], "InventoryItem"),
                number(row["locationId"], "Location"),
                row["quantity"],
                row["changeFromQuantity"],
            )
            for row in input["quantities"]
        ],
    )
    if not any(delta for _level, delta in moves):
        return {"inventory_adjustment_group": None}
    return {"inventory_adjustment_group": _group(store, input, moves)}


def _group(store: Store, input: dict[str, Any], moves: Any) -> dict[str, Any]:
    names = ("available", "on_hand")
    return {
        "id": f"gid://shopify/InventoryAdjustmentGroup/{store.next_id('Group')}",
        "created_at": store.clock(),
        "reason": input["reason"],
        "reference_document_uri": input.get("referenceDocumentUri"),
        "changes": [
            {
                "delta": delta,
                "item": ItemOf(level.variant),
                "location": level.location,
                "name": name,
                "quantity_after_change": inventory.quantity(level, name),
            }
            for level, delta in moves
            for name in names
        ],
    }


@field_of("InventoryAdjustmentGroup")
def changes(
    group, _info, inventory_item_ids=None, location_ids=None, quantity_names=None
):
    return [
        row
        for row in group["changes"]
        if (quantity_names is None or row["name"] in quantity_names)
        and (location_ids is None or row["location"].gid in location_ids)
        and (inventory_item_ids is None or row["item"].gid in inventory_item_ids)
    ]


def _no_activation(message: str, _code: str) -> Any:
    error = user_error(ShopError(message))
    return {"inventory_level": None, "user_errors": [error]}


@field_of("Mutation")
@idempotent(_no_activation)
@answering("inventory_level")
def inventory_activate(
    _root, info, inventory_item_id, location_id, available=None, on_hand=None, **_others
) -> Any:
    """Stock an item at a location; what is stocked there already stays as it is."""
    store: Store = info.context.store
    variant = store.variants.get(number(inventory_item_id, "InventoryItem"))
    location = store.locations.get(number(location_id, "Location"))
    if not variant or not location:
        raise ShopError("The inventory item or location could not be found.")
    key = (variant.id, location.id)
    if key in store.levels and (available is not None or on_hand is not None):
        raise ShopError(
            "Not allowed to set available quantity when the item is already active "
            "at the location.",
            ["available"],
        )
    if key not in store.levels:
        units = on_hand if on_hand is not None else available or 0
        store.levels[key] = Level(variant, location, units, store.clock())
    return {"inventory_level": store.levels[key]}


# === WEBHOOKS ===
def _topic(word: str) -> str:
    """ORDERS_CREATE is orders/create."""
    if word == "ORDERS_PARTIALLY_FULFILLED":
        return "orders/partially_fulfilled"
    resource, action = word.rsplit("_", 1)
    return f"{resource}/{action}".lower()


def _uri(values: dict[str, Any]) -> str:
    uri = values.get("uri") or ""
    parts = urlsplit(uri)
    # The platform insists on https; a test subscribes on this machine.
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ShopError("Address is invalid", ["webhookSubscription", "uri"])
    return uri


@field_of("Mutation")
@answering("webhook_subscription")
def webhook_subscription_create(_root, info, topic, webhook_subscription) -> Any:
    hooks = info.context.webhooks
    uri = _uri(webhook_subscription)
    name = _topic(topic)
    if any(
        row.topic == name and row.uri == uri for row in hooks.subscriptions.values()
    ):
        raise ShopError(
            "Address for this topic has already been taken",
            ["webhookSubscription", "uri"],
        )
    return {
        "webhook_subscription": hooks.subscribe(
            name,
            uri,
            include_fields=webhook_subscription.get("includeFields") or [],
            name=webhook_subscription.get("name"),
        )
    }


def _subscription(info: Any, gid: str) -> Any:
    found = info.context.webhooks.subscriptions.get(number(gid, "WebhookSubscription"))
    if not found:
        raise ShopError("Webhook subscription does not exist", ["id"])
    return found


@field_of("Mutation")
@answering("webhook_subscription")
def webhook_subscription_update(_root, info, id, webhook_subscription) -> Any:
    row = _subscription(info, id)
    if "uri" in webhook_subscription:
        row.uri = _uri(webhook_subscription)
    if webhook_subscription.get("includeFields") is not None:
        row.include_fields = webhook_subscription["includeFields"]
    row.updated_at = info.context.store.clock()
    return {"webhook_subscription": row}


@field_of("Mutation")
@answering("deleted_webhook_subscription_id")
def webhook_subscription_delete(_root: Any, info: Any, id: str) -> Any:
    row = _subscription(info, id)
    del info.context.webhooks.subscriptions[row.id]
    return {"deleted_webhook_subscription_id": id}

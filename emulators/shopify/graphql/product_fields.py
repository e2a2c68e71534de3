# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of products and stock."""

from __future__ import annotations

from typing import Any

from .. import inventory
from ..model import Level, Location
from .connections import connection
from .resolving import ItemOf, ProductOf, constants_of, field_of, fields_of, number

# === PRODUCTS AND STOCK ===
constants_of(
    "ProductVariant", compareAtPrice=None, inventoryPolicy="CONTINUE", position=1
)
fields_of(
    "ProductVariant",
    availableForSale=lambda row: True,
    displayName=lambda row: f"{row.title} - {row.variant_title or 'Default Title'}",
    inventoryItem=ItemOf,
    price=lambda row: f"{row.price:.2f}",
    product=ProductOf,
    title=lambda row: row.variant_title or "Default Title",
)
constants_of(
    "Product",
    hasOnlyDefaultVariant=True,
    isGiftCard=False,
    productType="",
    status="ACTIVE",
    tags=(),
)
fields_of(
    "Product",
    createdAt=lambda row: row.variant.created_at,
    handle=lambda row: "-".join(row.variant.title.lower().split()),
    title=lambda row: row.variant.title,
    updatedAt=lambda row: row.variant.updated_at,
    vendor=lambda row: row.variant.vendor,
)
fields_of(
    "InventoryItem",
    createdAt=lambda row: row.variant.created_at,
    measurement=lambda row: {
        "weight": {"unit": "GRAMS", "value": row.variant.weight_grams}
    },
    requiresShipping=lambda row: row.variant.requires_shipping,
    sku=lambda row: row.variant.sku,
    updatedAt=lambda row: row.variant.updated_at,
)
constants_of("InventoryItem", duplicateSkuCount=0, tracked=True, unitCost=None)


def _levels(info: Any, *, item: int = 0, location: int = 0) -> list[Level]:
    return [
        level
        for (variant_id, location_id), level in info.context.store.levels.items()
        if variant_id == item or location_id == location
    ]


@field_of("ProductVariant")
def inventory_quantity(row: Any, info: Any) -> int:
    return sum(level.available for level in _levels(info, item=row.id))


@field_of("Product")
def total_inventory(row: ProductOf, info: Any) -> int:
    return inventory_quantity(row.variant, info)


@field_of("Product")
@field_of("InventoryItem")
def variants(row: Any, _info: Any, **arguments: Any) -> Any:
    return connection([row.variant], arguments)


@field_of("InventoryItem", "inventoryLevel")
def item_level(row: ItemOf, info: Any, location_id: str, **_others: Any) -> Any:
    return info.context.store.levels.get((row.id, number(location_id, "Location")))


@field_of("InventoryItem", "inventoryLevels")
def item_levels(row: ItemOf, info: Any, **arguments: Any) -> Any:
    return connection(_levels(info, item=row.id), arguments)


@field_of("Location", "inventoryLevel")
def location_level(row: Location, info: Any, inventory_item_id: str, **_others: Any):
    key = (number(inventory_item_id, "InventoryItem"), row.id)
    return info.context.store.levels.get(key)


@field_of("Location", "inventoryLevels")
def location_levels(row: Location, info: Any, **arguments: Any) -> Any:
    return connection(_levels(info, location=row.id), arguments)


constants_of("InventoryLevel", isActive=True)
fields_of(
    "InventoryLevel",
    createdAt=lambda row: row.variant.created_at,
    id=lambda row: inventory.body(row)["admin_graphql_api_id"],
    item=lambda row: ItemOf(row.variant),
)


@field_of("InventoryLevel")
def quantities(row: Level, _info: Any, names: list[str]) -> Any:
    return [
        {
            "id": f"gid://shopify/InventoryQuantity/{row.location.id}?name={name}",
            "name": name,
            "quantity": inventory.quantity(row, name),
            "updated_at": row.updated_at,
        }
        for name in names
        if name in inventory.NAMES
    ]

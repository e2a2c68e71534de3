# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of fulfilment orders and fulfilments."""

from __future__ import annotations

from typing import Any

from .. import pricing
from ..model import Fulfillment, FulfillmentOrder
from .connections import connection
from .paging import paged
from .resolving import constants_of, field_of, fields_of

paged("Fulfillment", "fulfillmentLineItems", "lines")
paged("Fulfillment", "fulfillmentOrders", "fulfillment_orders")
paged("FulfillmentOrder", "lineItems", "lines")

# === FULFILMENT ===
constants_of(
    "Fulfillment", deliveredAt=None, estimatedDeliveryAt=None, inTransitAt=None
)
fields_of(
    "Fulfillment",
    displayStatus=lambda row: "FULFILLED" if row.status == "SUCCESS" else "CANCELED",
    requiresShipping=lambda row: any(part.line.requires_shipping for part in row.lines),
    totalQuantity=lambda row: sum(part.quantity for part in row.lines),
)
fields_of(
    "FulfillmentLineItem",
    discountedTotalSet=lambda row: pricing.discounted_total(row.line).part(
        0, row.quantity, row.line.quantity
    ),
    lineItem=lambda row: row.line,
    originalTotalSet=lambda row: row.line.unit_price * row.quantity,
)


@field_of("Fulfillment")
def tracking_info(row: Fulfillment, _info: Any, first: int | None = None) -> Any:
    urls = [*row.urls, *[None] * len(row.numbers)]
    rows = [
        {"company": row.company, "number": code, "url": url}
        for code, url in zip(row.numbers, urls, strict=False)
    ]
    if not rows and (row.company or row.urls):
        rows = [
            {"company": row.company, "number": None, "url": urls[0] if urls else None}
        ]
    return rows[:first]


constants_of(
    "FulfillmentOrder", fulfillAt=None, fulfillBy=None, requestStatus="UNSUBMITTED"
)
fields_of(
    "FulfillmentOrder",
    assignedLocation=lambda row: row.location,
    deliveryMethod=lambda row: {
        "id": f"gid://shopify/DeliveryMethod/{row.id}",
        "method_type": "SHIPPING" if row.requires_shipping else "NONE",
        "presented_name": next((s.title for s in row.order.shipping_lines), None),
        "service_code": next((s.code for s in row.order.shipping_lines), None),
    },
    orderId=lambda row: row.order.gid,
    orderName=lambda row: row.order.name,
    orderProcessedAt=lambda row: row.order.created_at,
)
for _name in ("address1", "address2", "city", "phone", "province", "zip"):
    fields_of(
        "FulfillmentOrderAssignedLocation",
        **{_name: lambda row, name=_name: getattr(row.address, name)},
    )
fields_of(
    "FulfillmentOrderAssignedLocation",
    countryCode=lambda row: row.address.country_code,
    location=lambda row: row,
)


@field_of("FulfillmentOrder")
def destination(row: FulfillmentOrder, _info: Any) -> Any:
    address = row.order.shipping_address
    if not address:
        return None
    kept = ("address1", "address2", "city", "company", "country_code", "first_name")
    kept += ("last_name", "phone", "province", "zip")
    return {
        "id": f"gid://shopify/FulfillmentOrderDestination/{row.id}",
        "email": row.order.email,
        **{name: getattr(address, name) for name in kept},
    }


@field_of("FulfillmentOrder")
def supported_actions(row: FulfillmentOrder, _info: Any) -> Any:
    if row.status not in ("OPEN", "IN_PROGRESS"):
        return []
    actions = ["CREATE_FULFILLMENT", "HOLD"] + ["MOVE"] * (row.status == "OPEN")
    return [{"action": action, "external_url": None} for action in actions]


@field_of("FulfillmentOrder", "fulfillments")
def parcels(row: FulfillmentOrder, _info: Any, **arguments: Any) -> Any:
    rows = [made for made in row.order.fulfillments if row in made.fulfillment_orders]
    return connection(rows, arguments)


fields_of(
    "FulfillmentOrderLineItem",
    inventoryItemId=lambda row: (
        f"gid://shopify/InventoryItem/{row.line.variant_id}"
        if row.line.variant_id
        else None
    ),
    lineItem=lambda row: row.line,
    productTitle=lambda row: row.line.title,
    remainingQuantity=lambda row: row.remaining,
    requiresShipping=lambda row: row.line.requires_shipping,
    sku=lambda row: row.line.sku,
    totalQuantity=lambda row: row.total,
    variantTitle=lambda row: row.line.variant_title,
    vendor=lambda row: row.line.vendor,
    weight=lambda row: {"unit": "GRAMS", "value": row.line.weight_grams},
)


@field_of("FulfillmentOrderLineItem", "variant")
def open_variant(row: Any, info: Any) -> Any:
    return info.context.store.variants.get(row.line.variant_id)

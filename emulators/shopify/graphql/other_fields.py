# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of payments, refunds, fulfilments, products, stock, people and webhooks."""

from __future__ import annotations

from typing import Any

from .. import API_VERSION, inventory, pricing
from ..model import Address, Fulfillment, FulfillmentOrder, Level, Location
from ..people import RATES
from .connections import connection
from .resolving import ItemOf, ProductOf, constants_of, field_of, fields_of, number

# === PAYMENTS AND REFUNDS ===
constants_of(
    "OrderTransaction",
    amountRoundingSet=None,
    errorCode=None,
    multiCapturable=False,
    receiptJson="{}",
    settlementCurrencyRate=None,
    test=False,
)
fields_of(
    "OrderTransaction",
    amountSet=lambda row: row.amount,
    formattedGateway=lambda row: row.gateway.replace("_", " ").title(),
    kind=lambda row: row.kind.upper(),
    manualPaymentGateway=lambda row: row.gateway in ("Bank Deposit", "manual"),
    manuallyCapturable=lambda row: (
        row.kind == "authorization" and bool(pricing.capturable(row.order))
    ),
    maximumRefundableV2=lambda row: _refundable(row),
    parentTransaction=lambda row: row.parent,
    paymentId=lambda row: f"{row.order.name}.{row.order.transactions.index(row) + 1}",
    processedAt=lambda row: row.created_at,
    settlementCurrency=lambda row: row.amount.currencies.shop,
    status=lambda row: row.status.upper(),
    totalUnsettledSet=lambda row: row.amount.currencies.zero(),
)


def _refundable(row: Any) -> Any:
    if row.kind not in ("sale", "capture") or row.status != "success":
        return None
    rows = [t.amount for t in row.order.transactions if t.parent is row]
    left = row.amount - row.amount.currencies.total(rows)
    return (left.presentment, left.currencies.presentment)


fields_of(
    "Refund",
    processedAt=lambda row: row.created_at,
    totalRefundedSet=lambda row: row.order.currencies.total(
        part.amount for part in row.transactions
    ),
    updatedAt=lambda row: row.created_at,
)
fields_of(
    "RefundLineItem",
    lineItem=lambda row: row.line,
    priceSet=lambda row: row.line.unit_price,
    restockType=lambda row: row.restock_type.upper(),
    restocked=lambda row: row.restock_type != "no_restock",
    subtotalSet=lambda row: row.subtotal,
    totalTaxSet=lambda row: row.total_tax,
)
fields_of(
    "RefundShippingLine",
    subtotalAmountSet=lambda row: row.subtotal,
    taxAmountSet=lambda row: row.tax,
)
fields_of(
    "OrderAdjustment",
    amountSet=lambda row: row.amount,
    taxAmountSet=lambda row: row.amount.currencies.zero(),
)


def _paged(kind: str, name: str, attribute: str) -> None:
    @field_of(kind, name)
    def page(row: Any, _info: Any, **arguments: Any) -> Any:
        return connection(getattr(row, attribute), arguments)


_paged("Refund", "refundLineItems", "lines")
_paged("Refund", "refundShippingLines", "shipping")
_paged("Refund", "orderAdjustments", "adjustments")
_paged("Refund", "transactions", "transactions")
_paged("Fulfillment", "fulfillmentLineItems", "lines")
_paged("Fulfillment", "fulfillmentOrders", "fulfillment_orders")
_paged("FulfillmentOrder", "lineItems", "lines")

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


# === PEOPLE AND PLACES ===
constants_of("MailingAddress", coordinatesValidated=False)
fields_of("MailingAddress", countryCodeV2=lambda row: row.country_code)
fields_of(
    "Customer",
    defaultEmailAddress=lambda row: (
        row.email
        and {
            "email_address": row.email,
            "marketing_state": "NOT_SUBSCRIBED",
        }
    ),
    defaultPhoneNumber=lambda row: row.phone and {"phone_number": row.phone},
    displayName=lambda row: f"{row.first_name} {row.last_name}",
)
constants_of(
    "Customer",
    locale="en",
    note=None,
    state="DISABLED",
    taxExempt=False,
    verifiedEmail=True,
)


@field_of("MailingAddress")
def formatted(row: Address, _info: Any, with_company=True, with_name=False) -> Any:
    parts = [row.name if with_name else None, row.company if with_company else None]
    parts += [row.address1, row.address2, f"{row.city} {row.zip}", row.country]
    return [part for part in parts if part]


constants_of(
    "Location",
    fulfillsOnlineOrders=True,
    hasActiveInventory=True,
    isFulfillmentService=False,
    shipsInventory=True,
)
fields_of("Location", updatedAt=lambda row: row.created_at)
fields_of(
    "LocationAddress",
    formatted=lambda row: [row.address1, f"{row.city} {row.zip}", row.country],
)


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


# === SHOP AND WEBHOOKS ===
constants_of(
    "Shop",
    contactEmail="shop@example.com",
    email="shop@example.com",
    enabledPresentmentCurrencies=list(RATES),
    ianaTimezone="America/New_York",
    id="gid://shopify/Shop/548380009",
    orderNumberFormatPrefix="#",
    plan={
        "partner_development": True,
        "public_display_name": "Development",
        "shopify_plus": False,
    },
    taxShipping=True,
    timezoneOffset="-0500",
    weightUnit="GRAMS",
)
fields_of(
    "Shop",
    currencyCode=lambda row: row.currency,
    myshopifyDomain=lambda row: row.domain,
    primaryDomain=lambda row: {
        "id": "gid://shopify/Domain/1",
        "host": row.domain,
        "ssl_enabled": True,
        "url": f"https://{row.domain}",
    },
    url=lambda row: f"https://{row.domain}",
)
constants_of(
    "WebhookSubscription",
    apiVersion={"display_name": API_VERSION, "handle": API_VERSION, "supported": True},
    format="JSON",
)
fields_of(
    "WebhookSubscription",
    topic=lambda row: row.topic.replace("/", "_").upper(),
)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of orders, their lines, shipping, discounts and taxes."""

from __future__ import annotations

from typing import Any

from .. import pricing
from ..model import Discount, Line, Order, ShippingLine
from ..money import Money, short_text
from .connections import connection
from .resolving import ProductOf, constants_of, field_of, fields_of

_SHOWN = {
    None: "UNFULFILLED",
    "partial": "PARTIALLY_FULFILLED",
    "fulfilled": "FULFILLED",
}


# === MONEY ===
fields_of(
    "MoneyBag",
    shopMoney=lambda row: (row.shop, row.currencies.shop),
    presentmentMoney=lambda row: (row.presentment, row.currencies.presentment),
)
fields_of(
    "MoneyV2",
    amount=lambda row: short_text(row[0]),
    currencyCode=lambda row: row[1],
)


def _zero(row: Order) -> Money:
    return row.currencies.zero()


# === ORDER ===
constants_of(
    "Order",
    additionalFees=(),
    confirmed=True,
    currentTotalAdditionalFeesSet=None,
    currentTotalDutiesSet=None,
    dutiesIncluded=False,
    estimatedTaxes=False,
    originalTotalAdditionalFeesSet=None,
    originalTotalDutiesSet=None,
    restockable=True,
    retailLocation=None,
    returnStatus="NO_RETURN",
    risk={"recommendation": "NONE"},
    sourceIdentifier=None,
    taxExempt=False,
    test=False,
)
fields_of(
    "Order",
    app=lambda row: {"id": "gid://shopify/OrderApp/580111", "name": row.source_name},
    billingAddressMatchesShippingAddress=lambda row: (
        row.billing_address is row.shipping_address
    ),
    cancelReason=lambda row: row.cancel_reason and row.cancel_reason.upper(),
    cancellation=lambda row: row.cancelled_at and {"staff_note": row.staff_note},
    capturable=lambda row: bool(pricing.capturable(row)),
    cartDiscountAmountSet=pricing.cart_discount,
    clientIp=lambda row: "203.0.113.7",
    closed=lambda row: bool(row.closed_at),
    currencyCode=lambda row: row.currencies.shop,
    currentCartDiscountAmountSet=pricing.cart_discount,
    currentShippingPriceSet=pricing.current_shipping,
    currentSubtotalLineItemsQuantity=lambda row: sum(
        line.current_quantity for line in row.lines
    ),
    currentSubtotalPriceSet=pricing.current_subtotal,
    currentTaxLines=lambda row: pricing.merged_taxes(pricing.all_taxes(row)),
    currentTotalDiscountsSet=pricing.current_discounts,
    currentTotalPriceSet=pricing.current_total,
    currentTotalTaxSet=pricing.current_tax,
    currentTotalWeight=lambda row: sum(
        line.weight_grams * line.current_quantity for line in row.lines
    ),
    customAttributes=lambda row: _pairs(row.note_attributes),
    customerLocale=lambda row: row.locale,
    discountCode=lambda row: next(iter(_codes(row)), None),
    discountCodes=lambda row: _codes(row),
    displayAddress=lambda row: row.shipping_address or row.billing_address,
    displayFinancialStatus=lambda row: pricing.financial_status(row).upper(),
    displayFulfillmentStatus=lambda row: _SHOWN[pricing.fulfillment_status(row)],
    fulfillable=lambda row: any(
        part.status in ("OPEN", "IN_PROGRESS") for part in row.fulfillment_orders
    ),
    fulfillmentsCount=lambda row: _count(len(row.fulfillments)),
    fullyPaid=lambda row: pricing.financial_status(row) == "paid",
    netPaymentSet=lambda row: pricing.received(row) - pricing.refunded(row),
    number=lambda row: row.number - 1000,
    originalTotalPriceSet=lambda row: row.original_total,
    paymentGatewayNames=lambda row: list(
        dict.fromkeys(part.gateway for part in row.transactions)
    ),
    presentmentCurrencyCode=lambda row: row.currencies.presentment,
    processedAt=lambda row: row.created_at,
    purchasingEntity=lambda row: row.customer,
    refundDiscrepancySet=pricing.discrepancy,
    refundable=lambda row: bool(pricing.received(row) - pricing.refunded(row)),
    requiresShipping=lambda row: any(line.requires_shipping for line in row.lines),
    shippingLine=lambda row: next(iter(row.shipping_lines), None),
    subtotalLineItemsQuantity=lambda row: sum(line.quantity for line in row.lines),
    subtotalPriceSet=pricing.subtotal,
    taxLines=lambda row: pricing.merged_taxes(pricing.all_taxes(row)),
    totalCapturableSet=pricing.capturable,
    totalCashRoundingAdjustment=lambda row: {
        "payment_set": _zero(row),
        "refund_set": _zero(row),
    },
    totalDiscountsSet=pricing.discounts,
    totalOutstandingSet=pricing.outstanding,
    totalPriceSet=pricing.total,
    totalReceivedSet=pricing.received,
    totalRefundedSet=pricing.refunded,
    totalRefundedShippingSet=pricing.refunded_shipping,
    totalShippingPriceSet=pricing.shipping,
    totalTaxSet=pricing.total_tax,
    totalTipReceivedSet=pricing.tip,
    totalWeight=lambda row: sum(
        line.weight_grams * line.quantity for line in row.lines
    ),
    transactionsCount=lambda row: _count(len(row.transactions)),
    unpaid=lambda row: not pricing.received(row) and bool(pricing.total(row)),
)


def _pairs(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _codes(row: Order) -> list[str]:
    return [part.title for part in row.discounts if part.kind == "discount_code"]


def _count(number: int) -> dict[str, Any]:
    return {"count": number, "precision": "EXACT"}


@field_of("Order", "lineItems")
def line_items(row: Order, _info: Any, **arguments: Any) -> Any:
    return connection(row.lines, arguments)


@field_of("Order", "nonFulfillableLineItems")
def non_fulfillable(row: Order, _info: Any, **arguments: Any) -> Any:
    lines = [line for line in row.lines if not line.current_quantity - line.fulfilled]
    return connection(lines, arguments)


@field_of("Order", "shippingLines")
def shipping_lines(row: Order, _info: Any, **arguments: Any) -> Any:
    return connection(row.shipping_lines, arguments)


@field_of("Order", "discountApplications")
def discount_applications(row: Order, _info: Any, **arguments: Any) -> Any:
    return connection(row.discounts, arguments)


@field_of("Order")
def fulfillment_orders(row: Order, _info: Any, **arguments: Any) -> Any:
    return connection(row.fulfillment_orders, arguments)


@field_of("Order")
def fulfillments(row: Order, _info: Any, first: int | None = None, **_others: Any):
    return row.fulfillments[:first]


@field_of("Order")
def refunds(row: Order, _info: Any, first: int | None = None) -> Any:
    return row.refunds[:first]


@field_of("Order")
def transactions(row: Order, _info: Any, first=None, capturable=None, **_others: Any):
    rows = [
        part
        for part in row.transactions
        if capturable is None
        or capturable
        == (part.kind == "authorization" and bool(pricing.capturable(row)))
    ]
    return rows[:first]


# === LINES ===
constants_of("LineItem", duties=(), lineItemGroup=None, merchantEditable=True)
fields_of(
    "LineItem",
    customAttributes=lambda row: _pairs(row.properties),
    discountAllocations=lambda row: row.allocations,
    discountedUnitPriceAfterAllDiscountsSet=lambda row: pricing.discounted_total(
        row
    ).part(0, 1, row.quantity),
    discountedUnitPriceSet=lambda row: _without_codes(row).part(0, 1, row.quantity),
    name=lambda row: (
        f"{row.title} - {row.variant_title}" if row.variant_title else row.title
    ),
    nonFulfillableQuantity=lambda row: row.refunded,
    originalTotalSet=pricing.original_total,
    originalUnitPriceSet=lambda row: row.unit_price,
    priceAfterAllDiscountsBeforeTaxesSet=lambda row: _net_now(row),
    refundableQuantity=lambda row: row.current_quantity,
    restockable=lambda row: bool(row.variant_id),
    totalDiscountSet=lambda row: pricing.allocated(row, row.order, skip="order"),
    unfulfilledDiscountedTotalSet=lambda row: _without_codes(row).part(
        0, _open_units(row), row.quantity
    ),
    unfulfilledOriginalTotalSet=lambda row: row.unit_price * _open_units(row),
    unfulfilledQuantity=lambda row: _open_units(row),
    weight=lambda row: {"unit": "GRAMS", "value": row.weight_grams},
)


def _open_units(row: Line) -> int:
    return 0 if row.order.cancelled_at else max(row.current_quantity - row.fulfilled, 0)


def _without_codes(row: Line) -> Money:
    """Neither order-level nor code discounts: the platform's default."""
    return pricing.original_total(row) - pricing.allocated(row, row.order, skip="code")


def _net_now(row: Line) -> Money:
    left = row.current_quantity
    net = pricing.discounted_total(row)
    if row.order.taxes_included:
        net -= pricing.tax(row, row.order)
    return net.part(row.refunded, left, row.quantity)


@field_of("LineItem", "discountedTotalSet")
def discounted_total_set(row: Line, _info: Any, with_code_discounts: bool = False):
    skip = "order" if with_code_discounts else "code"
    return pricing.original_total(row) - pricing.allocated(row, row.order, skip=skip)


@field_of("LineItem", "taxLines")
def line_tax_lines(row: Line, _info: Any, first: int | None = None) -> Any:
    return row.tax_lines[:first]


@field_of("LineItem")
def variant(row: Line, info: Any) -> Any:
    if not row.product_exists:
        return None
    return info.context.store.variants.get(row.variant_id)


@field_of("LineItem")
def product(row: Line, info: Any) -> Any:
    found = variant(row, info)
    return ProductOf(found) if found else None


# === SHIPPING, TAXES, DISCOUNTS ===
constants_of(
    "ShippingLine",
    carrierIdentifier=None,
    custom=False,
    deliveryCategory=None,
    isRemoved=False,
    phone=None,
    source="shopify",
)
fields_of(
    "ShippingLine",
    discountAllocations=lambda row: row.allocations,
    originalPriceSet=lambda row: row.price,
)
fields_of(
    "TaxLine",
    priceSet=lambda row: row.amount,
    rate=lambda row: float(row.rate),
    ratePercentage=lambda row: float(row.rate * 100),
    source=lambda row: "Shopify",
)
fields_of(
    "DiscountAllocation",
    allocatedAmountSet=lambda row: row.amount,
    discountApplication=lambda row: row.discount,
)


@field_of("ShippingLine", "discountedPriceSet")
def discounted_price(row: ShippingLine, _info: Any) -> Money:
    shares = row.price.currencies.total(share.amount for share in row.allocations)
    return row.price - shares


@field_of("ShippingLine", "currentDiscountedPriceSet")
def current_discounted_price(row: ShippingLine, info: Any) -> Money:
    given = row.price.currencies.total(
        part.subtotal
        for refund in info.context.store.refund_rows.values()
        for part in refund.shipping
        if part.shipping_line is row
    )
    return discounted_price(row, info) - given


for _kind in ("DiscountCode", "Automatic", "Manual"):
    fields_of(
        f"{_kind}Application"
        if _kind == "DiscountCode"
        else f"{_kind}DiscountApplication",
        allocationMethod=lambda row: row.allocation_method.upper(),
        code=lambda row: row.title,
        description=lambda row: row.title,
        targetSelection=lambda row: row.target_selection.upper(),
        targetType=lambda row: row.target_type.upper(),
        value=lambda row: _discount_value(row),
    )


def _discount_value(row: Discount) -> Any:
    if row.value_type == "percentage":
        return {"percentage": float(row.value)}
    return (row.value, "USD")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of orders, their lines, shipping, discounts and taxes."""

from __future__ import annotations

from typing import Any

from .. import pricing
from ..model import Order
from ..money import Money, short_text
from .connections import connection
from .resolving import constants_of, field_of, fields_of, pairs

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
    customAttributes=lambda row: pairs(row.note_attributes),
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

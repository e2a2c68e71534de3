# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of payments and refunds."""

from __future__ import annotations

from typing import Any

from .. import pricing
from .paging import paged
from .resolving import constants_of, fields_of

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


paged("Refund", "refundLineItems", "lines")
paged("Refund", "refundShippingLines", "shipping")
paged("Refund", "orderAdjustments", "adjustments")
paged("Refund", "transactions", "transactions")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of lines, shipping, taxes and discounts."""

from __future__ import annotations

from typing import Any

from .. import pricing
from ..model import Discount, Line, ShippingLine
from ..money import Money
from .resolving import ProductOf, constants_of, field_of, fields_of, pairs

# === LINES ===
constants_of("LineItem", duties=(), lineItemGroup=None, merchantEditable=True)
fields_of(
    "LineItem",
    customAttributes=lambda row: pairs(row.properties),
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

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an order is worth. Every total is a sum of amounts that are on the order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from .model import Allocation, Discount, Line, Order, ShippingLine, TaxLine
from .money import Money, allocate, rounded


# === LINES ===
def original_total(line: Line) -> Money:
    return line.unit_price * line.quantity


def allocated(owner: Line | ShippingLine, order: Order, *, skip: str = "") -> Money:
    """Sum of the discounts on a line; `skip`: "order" or "code" leaves those out."""
    return order.currencies.total(
        share.amount
        for share in owner.allocations
        if not (skip and share.discount.for_whole_order)
        and not (skip == "code" and share.discount.kind == "discount_code")
    )


def discounted_total(line: Line) -> Money:
    return original_total(line) - allocated(line, line.order)


def tax(owner: Line | ShippingLine, order: Order) -> Money:
    return order.currencies.total(share.amount for share in owner.tax_lines)


def discounted_shipping(shipping: ShippingLine, order: Order) -> Money:
    return shipping.price - allocated(shipping, order)


# === TAXES ===
def tax_lines(
    base: Money, rates: Sequence[tuple[str, Decimal]], *, included: bool
) -> list[TaxLine]:
    """Each rate is rounded on its own, in the currency that the buyer pays."""
    unit = base.currencies
    net = base.presentment
    if included:
        net /= 1 + sum(rate for _title, rate in rates)
    return [
        TaxLine(title, rate, unit.from_presentment(net * rate)) for title, rate in rates
    ]


def set_taxes(order: Order, line: Line) -> None:
    rates = line.rates if line.taxable else ()
    line.tax_lines = tax_lines(
        discounted_total(line), rates, included=order.taxes_included
    )


def merged_taxes(taxes: Iterable[TaxLine]) -> list[TaxLine]:
    merged: dict[tuple[str, Decimal], TaxLine] = {}
    for share in taxes:
        key = (share.title, share.rate)
        if key in merged:
            merged[key].amount += share.amount
        else:
            merged[key] = TaxLine(*key, share.amount, share.channel_liable)
    return list(merged.values())


def all_taxes(order: Order) -> Iterable[TaxLine]:
    for owner in (*order.lines, *order.shipping_lines):
        yield from owner.tax_lines


# === DISCOUNTS ===
def apply_discount(
    order: Order, discount: Discount, owners: Sequence[Line | ShippingLine]
) -> None:
    """Put shares of a discount on the lines it is for, never more than they cost."""
    left = [
        discounted_total(owner)
        if isinstance(owner, Line)
        else discounted_shipping(owner, order)
        for owner in owners
    ]
    currency = order.currencies.presentment
    weights = [money.presentment for money in left]
    whole = sum(weights)
    wanted = discount.value
    if discount.value_type == "percentage":
        wanted = whole * discount.value / 100
    shares = allocate(min(rounded(wanted, currency), whole), weights, currency)
    for owner, limit, share in zip(owners, left, shares, strict=True):
        if not share:
            continue
        # All of it in one currency is all of it in the other.
        amount = order.currencies.from_presentment(share).at_most(limit)
        if share == limit.presentment:
            amount = limit
        owner.allocations.append(Allocation(discount, amount))
    order.discounts.append(discount)


# === TOTALS OF THE ORDER, BEFORE REFUNDS ===
def line_items_price(order: Order) -> Money:
    return order.currencies.total(map(original_total, order.lines))


def subtotal(order: Order) -> Money:
    return order.currencies.total(map(discounted_total, order.lines))


def cart_discount(order: Order) -> Money:
    return order.currencies.total(
        share.amount
        for line in order.lines
        for share in line.allocations
        if share.discount.for_whole_order
    )


def discounts(order: Order) -> Money:
    owners = (*order.lines, *order.shipping_lines)
    return order.currencies.total(allocated(owner, order) for owner in owners)


def shipping(order: Order) -> Money:
    """After shipping discounts."""
    return order.currencies.total(
        discounted_shipping(line, order) for line in order.shipping_lines
    )


def total_tax(order: Order) -> Money:
    return order.currencies.total(share.amount for share in all_taxes(order))


def tip(order: Order) -> Money:
    return order.tip or order.currencies.zero()


def total(order: Order) -> Money:
    amount = subtotal(order) + shipping(order) + tip(order)
    return amount if order.taxes_included else amount + total_tax(order)


# === REFUNDS ===
def refunded_lines(order: Order) -> Money:
    return order.currencies.total(
        part.subtotal for refund in order.refunds for part in refund.lines
    )


def refunded_shipping(order: Order) -> Money:
    return order.currencies.total(
        part.subtotal for refund in order.refunds for part in refund.shipping
    )


def refunded_tax(order: Order) -> Money:
    return order.currencies.total(
        tax
        for refund in order.refunds
        for tax in (
            *(part.total_tax for part in refund.lines),
            *(part.tax for part in refund.shipping),
        )
    )


def discrepancy(order: Order) -> Money:
    return order.currencies.total(
        part.amount for refund in order.refunds for part in refund.adjustments
    )


def refunded_discounts(order: Order) -> Money:
    return order.currencies.total(
        original_total(line).part(0, line.refunded, line.quantity)
        - discounted_total(line).part(0, line.refunded, line.quantity)
        for line in order.lines
    )


# === TOTALS AS THEY ARE NOW ===
def current_subtotal(order: Order) -> Money:
    return subtotal(order) - refunded_lines(order)


def current_shipping(order: Order) -> Money:
    return shipping(order) - refunded_shipping(order)


def current_tax(order: Order) -> Money:
    return total_tax(order) - refunded_tax(order)


def current_discounts(order: Order) -> Money:
    return discounts(order) - refunded_discounts(order)


def current_total(order: Order) -> Money:
    amount = (
        current_subtotal(order)
        + current_shipping(order)
        + tip(order)
        + discrepancy(order)
    )
    return amount if order.taxes_included else amount + current_tax(order)


# === PAYMENTS ===
def _transacted(order: Order, *kinds: str, status: str = "success") -> Money:
    return order.currencies.total(
        transaction.amount
        for transaction in order.transactions
        if transaction.kind in kinds and transaction.status == status
    )


def received(order: Order) -> Money:
    return _transacted(order, "sale", "capture")


def refunded(order: Order) -> Money:
    return _transacted(order, "refund")


def capturable(order: Order) -> Money:
    authorised = _transacted(order, "authorization")
    if any(transaction.kind == "void" for transaction in order.transactions):
        return order.currencies.zero()
    return authorised - _transacted(order, "capture")


def outstanding(order: Order) -> Money:
    if order.cancelled_at and not received(order):
        return order.currencies.zero()
    return current_total(order) - received(order) + refunded(order)


def financial_status(order: Order) -> str:
    paid = received(order).presentment
    back = refunded(order).presentment
    if back:
        return "refunded" if back >= paid else "partially_refunded"
    if any(transaction.kind == "void" for transaction in order.transactions):
        return "voided"
    if paid >= total(order).presentment:
        return "paid"
    if paid:
        return "partially_paid"
    if capturable(order):
        return "authorized"
    return "voided" if order.cancelled_at else "pending"


def fulfillment_status(order: Order) -> str | None:
    """As REST says it: nothing, partial or fulfilled."""
    done = sum(line.fulfilled for line in order.lines)
    if not done:
        return None
    left = sum(
        part.remaining for parcel in order.fulfillment_orders for part in parcel.lines
    )
    return "partial" if left else "fulfilled"

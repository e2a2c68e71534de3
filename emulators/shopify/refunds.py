# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Giving back goods and money. Callers hold the lock."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from . import fulfilment, inventory, payload, pricing
from .model import (
    Adjustment,
    Line,
    Location,
    Order,
    Refund,
    RefundLine,
    RefundShipping,
    Transaction,
)
from .money import Money
from .store import ShopError, Store


@dataclass(frozen=True, slots=True)
class LineWish:
    line: Line
    quantity: int
    restock_type: str = "no_restock"
    location: Location | None = None


# === WHAT IT IS WORTH ===
def line_share(line: Line, quantity: int) -> tuple[Money, Money]:
    """Price after discounts, and tax, of the next units to give back."""
    done = line.refunded
    return (
        pricing.discounted_total(line).part(done, quantity, line.quantity),
        pricing.tax(line, line.order).part(done, quantity, line.quantity),
    )


def shipping_share(order: Order, amount: Decimal | None) -> list[RefundShipping]:
    """`amount` before tax (with tax if prices contain it); None is all that is left."""
    unit = order.currencies
    rows: list[RefundShipping] = []
    left = unit.from_presentment(amount) if amount is not None else None
    for shipping in order.shipping_lines:
        done = unit.total(
            part.subtotal
            for refund in order.refunds
            for part in refund.shipping
            if part.shipping_line is shipping
        )
        price = pricing.discounted_shipping(shipping, order)
        rest = price - done
        share = rest if left is None else left.at_most(rest)
        if not share.presentment > 0:
            continue
        rows.append(
            RefundShipping(0, shipping, share, _shipping_tax(order, shipping, share))
        )
        left = None if left is None else left - share
    if left is not None and left.presentment > 0:
        raise ShopError(
            "Shipping refund amount cannot be greater than the shipping price.",
            ["shipping", "amount"],
        )
    return rows


def _shipping_tax(order: Order, shipping, share: Money) -> Money:
    """All of the rest of the tax with all of the rest of the price."""
    unit = order.currencies
    price = pricing.discounted_shipping(shipping, order)
    tax = pricing.tax(shipping, order)
    before = [
        part
        for refund in order.refunds
        for part in refund.shipping
        if part.shipping_line is shipping
    ]
    done = unit.total(part.subtotal for part in before)
    if (price - done).presentment == share.presentment:
        return tax - unit.total(part.tax for part in before)
    return unit.from_presentment(
        tax.presentment * share.presentment / price.presentment
    )


def suggested(order: Order, lines: list[LineWish], shipping: list[RefundShipping]):
    """(subtotal, tax, amount) that would be right for these goods."""
    shares = [line_share(wish.line, wish.quantity) for wish in lines]
    unit = order.currencies
    subtotal = unit.total(share[0] for share in shares)
    subtotal += unit.total(row.subtotal for row in shipping)
    tax = unit.total(share[1] for share in shares) + unit.total(
        row.tax for row in shipping
    )
    return subtotal, tax, subtotal if order.taxes_included else subtotal + tax


def refundable(order: Order) -> Money:
    return pricing.received(order) - pricing.refunded(order)


# === CHECKS ===
def check(order: Order, lines: list[LineWish]) -> None:
    for index, wish in enumerate(lines):
        where = ["refundLineItems", str(index)]
        if wish.quantity < 1 or wish.quantity > wish.line.current_quantity:
            raise ShopError(
                "Quantity cannot refund more items than were purchased",
                [*where, "quantity"],
            )
        if wish.restock_type == "return" and not wish.location:
            raise ShopError(
                "Location is required when the item is restocked.",
                [*where, "locationId"],
            )
        done = wish.line.fulfilled
        open_units = wish.line.current_quantity - done
        if wish.restock_type == "cancel" and wish.quantity > open_units:
            raise ShopError(
                "Restock type cancel is for items that are not fulfilled yet.",
                [*where, "restockType"],
            )


# === DOING ===
def make(
    store: Store,
    order: Order,
    lines: list[LineWish],
    *,
    shipping: list[RefundShipping] | None = None,
    payments: list[tuple[Transaction | None, str, Decimal]] | None = None,
    note: str | None = None,
    over: bool = False,
    reason: str = "REFUND_DISCREPANCY",
) -> Refund:
    """`payments`: (parent, gateway, amount in the buyer's currency); none at all:
    nothing but a restock."""
    shipping = shipping or []
    check(order, lines)
    wanted = [amount for _parent, _gateway, amount in payments or ()]
    limit = refundable(order).presentment
    if sum(wanted) > limit and not over:
        raise ShopError(
            f"Refund amount cannot be greater than the refundable amount {limit}.",
            ["transactions"],
        )
    _subtotal, _tax, fair = suggested(order, lines, shipping)
    store.touch(order)
    refund = Refund(store.next_id("Refund"), order, order.updated_at, note)
    for wish in lines:
        refund.lines.append(_take_back(store, wish))
    for row in shipping:
        row.id = store.next_id("RefundShippingLine")
        refund.shipping.append(row)
    _pay(store, refund, payments or [], fair, reason)
    order.refunds.append(refund)
    store.refund_rows[refund.id] = refund
    return refund


def _pay(store: Store, refund: Refund, payments, fair: Money, reason: str) -> None:
    """The transactions, and what they differ from the worth of the goods."""
    order = refund.order
    monies = _paid_back(order, [amount for _parent, _gateway, amount in payments], fair)
    for (parent, gateway, _amount), money in zip(payments, monies, strict=True):
        row = Transaction(
            store.next_id("OrderTransaction"), order, "refund", "success", gateway,
            money, order.updated_at, parent,
        )  # fmt: skip
        order.transactions.append(row)
        refund.transactions.append(row)
    gap = fair - order.currencies.total(monies)
    if payments and gap:
        key = store.next_id("OrderAdjustment")
        refund.adjustments.append(Adjustment(key, gap, reason))


def _paid_back(order: Order, amounts: list[Decimal], fair: Money) -> list[Money]:
    """If it is exactly what is fair, the last one takes the rest in the shop's money,
    so that no cent of the exchange stays over."""
    monies = [order.currencies.from_presentment(amount) for amount in amounts]
    if monies and sum(amounts) == fair.presentment:
        monies[-1] = fair - order.currencies.total(monies[:-1])
    return monies


def _take_back(store: Store, wish: LineWish) -> RefundLine:
    line = wish.line
    subtotal, tax = line_share(line, wish.quantity)
    open_units = line.current_quantity - line.fulfilled
    line.refunded += wish.quantity
    unshipped = min(wish.quantity, max(open_units, 0))
    if wish.restock_type == "return":
        unshipped = 0
    if unshipped:
        fulfilment.drop_units(
            store, line, unshipped, restock=wish.restock_type == "cancel"
        )
    if wish.restock_type == "return" and wish.location:
        inventory.put_back(store, line, wish.location, wish.quantity)
    return RefundLine(
        store.next_id("RefundLineItem"),
        line,
        wish.quantity,
        wish.restock_type,
        wish.location,
        subtotal,
        tax,
    )


def remove_units(store: Store, order: Order, line: Line, quantity: int) -> Refund:
    """An edit takes units off the order: a refund row without money."""
    if quantity > line.current_quantity - line.fulfilled:
        raise ShopError(
            f"Line {line.sku or line.title} has fewer open units than {quantity}.",
            ["set"],
        )
    return make(store, order, [LineWish(line, quantity, "cancel")])


def refund_all(store: Store, order: Order, *, restock: bool, money: bool):
    """Everything that is left, as a cancellation does it."""
    kind = "cancel" if restock else "no_restock"
    lines = [
        LineWish(line, line.current_quantity, kind)
        for line in order.lines
        if line.current_quantity
    ]
    payments = spread(order, refundable(order).presentment) if money else []
    if not lines and not payments:
        return None
    return make(
        store, order, lines, shipping=shipping_share(order, None), payments=payments
    )


def spread(order: Order, amount: Decimal):
    """Give an amount back over the payments it came by, the last one first."""
    rows = []
    for payment in reversed(order.transactions):
        if payment.kind not in ("sale", "capture") or payment.status != "success":
            continue
        done = sum(
            t.amount.presentment for t in order.transactions if t.parent is payment
        )
        share = min(amount, payment.amount.presentment - done)
        if share > 0:
            rows.append((payment, payment.gateway, share))
            amount -= share
    return rows


def publish(store: Store, order: Order, refund: Refund) -> None:
    body = payload.order(store, order)
    store.publish(
        [
            ("refunds/create", payload.refund(store, refund)),
            ("orders/updated", body),
        ]
    )

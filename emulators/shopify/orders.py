# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What happens to orders: placed, paid, changed, cancelled. Callers hold the lock."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from emulators.base.clock import parse_moment

from . import fulfilment, payload, pricing, refunds
from .model import Order, Transaction
from .money import Money
from .seller import Basket
from .store import ShopError, Store

CARD = "shopify_payments"
MANUAL = "Bank Deposit"
CANCEL_REASONS = ("customer", "declined", "fraud", "inventory", "other", "staff")


def publish(store: Store, order: Order, *topics: str, **others: Any) -> None:
    """One action: `updated_at` moves, and every topic tells the state of now."""
    store.touch(order)
    body = payload.order(store, order)
    events = [(topic, body) for topic in topics]
    events += [(topic.replace("__", "/"), data) for topic, data in others.items()]
    store.publish([*events, ("orders/updated", body)])


# === PLACING ===
def place(store: Store, wishes: dict[str, Any] | None = None) -> Order:
    wishes = wishes or {}
    now = store.clock()
    if "created_at" in wishes:
        now = parse_moment(wishes["created_at"])
    elif "age" in wishes:
        now -= timedelta(seconds=int(wishes["age"]))
    basket = Basket(store, wishes, now)
    order = basket.order()
    if wishes.get("deleted_product"):
        order.lines[0].variant_id = None
        order.lines[0].product_exists = False
    store.orders[order.id] = order
    _take_payment(store, order, basket)
    fulfilment.open_for(store, order)
    body = payload.order(store, order)
    topics = ["orders/create"]
    if pricing.financial_status(order) == "paid":
        topics.append("orders/paid")
    store.publish([(topic, body) for topic in (*topics, "orders/updated")])
    return order


def _take_payment(store: Store, order: Order, basket: Basket) -> None:
    left = pricing.total(order)
    if basket.happens("gift_card") and left:
        wish = basket.wishes.get("gift_card")
        worth = Decimal("20.00") if wish in (None, True) else Decimal(str(wish))
        card = order.currencies.from_shop(worth).at_most(left)
        add_transaction(store, order, "sale", "gift_card", card)
        left -= card
    pending, held = basket.happens("pending"), basket.happens("authorized")
    status = basket.wishes.get("financial_status")
    if status is None:
        draft = order.source_name == "shopify_draft_order"
        status = "pending" if pending or draft else "authorized" if held else "paid"
    if not left:
        return
    if status == "paid":
        add_transaction(store, order, "sale", CARD, left)
    elif status == "authorized":
        add_transaction(store, order, "authorization", CARD, left)
    elif status == "partially_paid":
        half = left.part(0, 1, 2)
        add_transaction(store, order, "sale", CARD, half)
    elif status == "pending":
        add_transaction(store, order, "sale", MANUAL, left, status="pending")
    else:
        raise ShopError(f"An order cannot be placed {status}.", ["financial_status"])


def add_transaction(
    store: Store,
    order: Order,
    kind: str,
    gateway: str,
    amount: Money,
    *,
    status: str = "success",
    parent: Transaction | None = None,
) -> Transaction:
    row = Transaction(
        store.next_id("OrderTransaction"),
        order,
        kind,
        status,
        gateway,
        amount,
        max(order.created_at, order.updated_at),
        parent,
    )
    order.transactions.append(row)
    return row


# === PAYING ===
def pay(store: Store, order: Order) -> None:
    """Capture what is authorised, or note that the money for the rest came in."""
    if order.cancelled_at:
        raise ShopError(f"Order {order.name} is cancelled.", ["id"])
    store.touch(order)
    held = pricing.capturable(order)
    parent = next((t for t in order.transactions if t.kind == "authorization"), None)
    if held:
        add_transaction(store, order, "capture", CARD, held, parent=parent)
    left = pricing.outstanding(order)
    if left.presentment > 0:
        waiting = [t for t in order.transactions if t.status == "pending"]
        for transaction in waiting:
            transaction.status = "failure"
        gateway = waiting[0].gateway if waiting else "manual"
        add_transaction(store, order, "sale", gateway, left)
    elif not held:
        raise ShopError(f"Order {order.name} is already paid.", ["id"])
    publish(store, order, "orders/paid")


# === CHANGING ===
def update(store: Store, order: Order, changes: dict[str, Any]) -> None:
    """Note, tags, mail, phone, attributes, purchase order number, ship-to."""
    for key in ("note", "email", "phone", "po_number"):
        if key in changes:
            setattr(order, key, changes[key])
    if changes.get("tags") is not None:
        order.tags = list(changes["tags"])
    if changes.get("custom_attributes") is not None:
        order.note_attributes = {
            row["key"]: row["value"] for row in changes["custom_attributes"]
        }
    if changes.get("shipping_address"):
        _change_address(store, order, changes["shipping_address"])
    publish(store, order)


def _change_address(store: Store, order: Order, changes: dict[str, Any]) -> None:
    old = order.shipping_address
    values = {**vars(old), **changes} if old else dict(changes)
    values["id"] = store.next_id("MailingAddress")
    order.shipping_address = type(old or order.billing_address)(**values)


def edit(store: Store, order: Order, changes: dict[str, Any]) -> None:
    """`add`: [{sku, quantity}], `set`: [{sku or line_id, quantity}]; or one more of
    the first line. A removed line stays, with current quantity 0, as a refund row
    without a transaction."""
    if order.cancelled_at:
        raise ShopError(f"Order {order.name} is cancelled.", ["id"])
    basket = Basket(store, {"plain": True}, store.clock())
    added, removed = [], []
    if not changes:
        first = order.lines[0]
        changes = {"set": [{"line_id": first.id, "quantity": first.quantity + 1}]}
    for wish in changes.get("add") or ():
        line = basket.line(order, wish)
        line.rates = order.lines[0].rates
        order.lines.append(line)
        pricing.set_taxes(order, line)
        fulfilment.add_line(store, order, line, line.quantity)
        added.append({"id": line.id, "delta": line.quantity})
    for wish in changes.get("set") or ():
        line = _find_line(order, wish)
        delta = int(wish["quantity"]) - line.current_quantity
        if delta > 0:
            line.quantity += delta
            pricing.set_taxes(order, line)
            fulfilment.add_line(store, order, line, delta)
            added.append({"id": line.id, "delta": delta})
        elif delta < 0:
            refunds.remove_units(store, order, line, -delta)
            removed.append({"id": line.id, "delta": -delta})
    order.edited = True
    store.touch(order)
    publish(store, order, orders__edited=payload.edit(store, order, added, removed))


def _find_line(order: Order, wish: dict[str, Any]):
    for line in order.lines:
        if str(line.id) == str(wish.get("line_id")) or (
            wish.get("sku") is not None and line.sku == wish["sku"]
        ):
            return line
    raise ShopError(f"Order {order.name} has no line {wish}.", ["set"])


def close(store: Store, order: Order) -> None:
    """Archived: nothing is left to do with it."""
    if order.closed_at:
        raise ShopError(f"Order {order.name} is already closed.", ["id"])
    store.touch(order)
    order.closed_at = order.updated_at
    publish(store, order)


# === CANCELLING ===
def check_cancel(order: Order) -> None:
    if order.cancelled_at:
        raise ShopError("Order has already been cancelled.", ["orderId"])
    if any(line.fulfilled for line in order.lines):
        raise ShopError("Cannot cancel a fulfilled order.", ["orderId"])


def cancel(
    store: Store,
    order: Order,
    *,
    reason: str = "customer",
    restock: bool = True,
    refund: bool = True,
    staff_note: str | None = None,
) -> None:
    check_cancel(order)
    if reason not in CANCEL_REASONS:
        raise ShopError(
            f"{reason} is not a reason; use {', '.join(CANCEL_REASONS)}.", ["reason"]
        )
    store.touch(order)
    for transaction in list(order.transactions):
        if transaction.kind == "authorization" and pricing.capturable(order):
            add_transaction(
                store,
                order,
                "void",
                transaction.gateway,
                transaction.amount,
                parent=transaction,
            )
    made = refunds.refund_all(store, order, restock=restock, money=refund)
    fulfilment.close_all(store, order)
    order.cancelled_at = order.closed_at = order.updated_at
    order.cancel_reason = reason
    order.staff_note = staff_note
    others = {"refunds__create": payload.refund(store, made)} if made else {}
    publish(store, order, "orders/cancelled", **others)

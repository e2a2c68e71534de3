# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Taking money that was secured, and letting it go."""

from __future__ import annotations

from typing import Any

from .. import orders, pricing
from ..model import Order, Transaction
from ..store import ShopError
from .answering import answering
from .resolving import field_of, number


@field_of("Mutation")
@answering("transaction")
def order_capture(_root: Any, info: Any, input: dict[str, Any]) -> Any:
    store = info.context.store
    order = store.orders.get(number(input["id"], "Order"))
    if not order:
        raise ShopError("Order does not exist", ["id"])
    parent = _find(order, input["parentTransactionId"], "parentTransactionId")
    unit = order.currencies
    currency = input.get("currency")
    if unit.shop != unit.presentment and not currency:
        raise ShopError("Currency is required for this order.", ["currency"])
    if currency and currency != unit.presentment:
        raise ShopError(f"Currency must be {unit.presentment}.", ["currency"])
    left = pricing.capturable(order)
    if any(row.parent is parent for row in order.transactions) or not left:
        raise ShopError(
            "Transaction cannot be captured. It may already have been captured or "
            "voided.",
            ["parentTransactionId"],
        )
    if not 0 < input["amount"] <= left.presentment:
        raise ShopError("Amount exceeds what is authorized.", ["amount"])
    amount = unit.from_presentment(input["amount"]).at_most(left)
    store.touch(order)
    made = orders.add_transaction(
        store, order, "capture", parent.gateway, amount, parent=parent
    )
    paid = pricing.financial_status(order) == "paid"
    orders.publish(store, order, *(["orders/paid"] if paid else []))
    return {"transaction": made}


@field_of("Mutation")
@answering("transaction", code=True)
def transaction_void(_root: Any, info: Any, parent_transaction_id: str) -> Any:
    store = info.context.store
    key = number(parent_transaction_id, "OrderTransaction")
    for order in store.orders.values():
        parent = next((row for row in order.transactions if row.id == key), None)
        if parent:
            break
    else:
        raise ShopError(
            "Transaction does not exist.",
            ["parentTransactionId"],
            "TRANSACTION_NOT_FOUND",
        )
    if parent.kind != "authorization" or parent.status != "success":
        raise ShopError(
            "Transaction must be a successful authorization.",
            ["parentTransactionId"],
            "AUTH_NOT_SUCCESSFUL",
        )
    if any(row.parent is parent for row in order.transactions):
        raise ShopError(
            "Transaction must be voidable.",
            ["parentTransactionId"],
            "AUTH_NOT_VOIDABLE",
        )
    store.touch(order)
    made = orders.add_transaction(
        store, order, "void", parent.gateway, parent.amount, parent=parent
    )
    orders.publish(store, order)
    return {"transaction": made}


def _find(order: Order, gid: str, field: str) -> Transaction:
    key = number(gid, "OrderTransaction")
    for row in order.transactions:
        if row.id == key and row.kind == "authorization" and row.status == "success":
            return row
    raise ShopError("Parent transaction must be a successful authorization.", [field])

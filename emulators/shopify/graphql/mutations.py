# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be done to orders and their parcels."""

from __future__ import annotations

import contextlib
import threading
import uuid
from decimal import Decimal
from typing import Any

from .. import fulfilment, orders, refunds
from ..model import Line, Order, Transaction
from ..store import ShopError, Store
from .answering import answering, user_error
from .idempotency import idempotent
from .queries import node
from .resolving import field_of, number, snake


def _order(info: Any, gid: str, field: str) -> Order:
    found = info.context.store.orders.get(number(gid, "Order"))
    if not found:
        raise ShopError("Order does not exist", [field], "NOT_FOUND")
    return found


# === FULFILMENT ===
def _tracking(values: dict[str, Any] | None) -> fulfilment.Tracking:
    values = values or {}
    numbers = values.get("numbers") or [values.get("number")]
    urls = values.get("urls") or [values.get("url")]
    return fulfilment.Tracking(
        values.get("company"),
        [value for value in numbers if value],
        [value for value in urls if value],
    )


@field_of("Mutation")
@answering("fulfillment")
def fulfillment_create(_root, info, fulfillment, message=None) -> Any:
    store: Store = info.context.store
    parcels = []
    for wish in fulfillment["lineItemsByFulfillmentOrder"]:
        key = number(wish["fulfillmentOrderId"], "FulfillmentOrder")
        if key not in store.fulfillment_orders:
            raise ShopError("Fulfillment order does not exist.", ["fulfillment"])
        lines = wish.get("fulfillmentOrderLineItems")
        parcels.append(
            fulfilment.Parcel(
                store.fulfillment_orders[key],
                [
                    (number(row["id"], "FulfillmentOrderLineItem"), row["quantity"])
                    for row in lines
                ]
                if lines
                else None,
            )
        )
    made = fulfilment.create(
        store,
        parcels,
        _tracking(fulfillment.get("trackingInfo")),
        notify=bool(fulfillment.get("notifyCustomer")),
    )
    return {"fulfillment": made}


def _fulfillment(info: Any, gid: str, field: str) -> Any:
    found = info.context.store.fulfillments.get(number(gid, "Fulfillment"))
    if not found:
        raise ShopError("Fulfillment does not exist.", [field])
    return found


@field_of("Mutation")
@answering("fulfillment")
def fulfillment_tracking_info_update(
    _root, info, fulfillment_id, tracking_info_input, notify_customer=None
) -> Any:
    made = _fulfillment(info, fulfillment_id, "fulfillmentId")
    fulfilment.set_tracking(info.context.store, made, _tracking(tracking_info_input))
    return {"fulfillment": made}


@field_of("Mutation")
@answering("fulfillment")
def fulfillment_cancel(_root: Any, info: Any, id: str) -> Any:
    made = _fulfillment(info, id, "id")
    fulfilment.cancel(info.context.store, made)
    return {"fulfillment": made}


# === ORDERS ===
@field_of("Mutation")
@answering("job", errors="order_cancel_user_errors", code=True)
def order_cancel(
    _root,
    info,
    order_id,
    reason,
    restock,
    refund_method=None,
    staff_note=None,
    **_others,
) -> Any:
    """Answers at once and cancels a little later, as the platform does."""
    store: Store = info.context.store
    order = _order(info, order_id, "orderId")
    orders.check_cancel(order)
    job = f"gid://shopify/Job/{uuid.uuid4()}"
    done = store.jobs[job] = threading.Event()
    money = bool((refund_method or {}).get("originalPaymentMethodsRefund"))

    def work() -> None:
        with store.lock:
            # Somebody may be faster: the job is done, the order tells the rest.
            with contextlib.suppress(ShopError):
                orders.cancel(
                    store,
                    order,
                    reason=reason.lower(),
                    restock=restock,
                    refund=money,
                    staff_note=staff_note,
                )
            done.set()

    timer = threading.Timer(info.context.cancel_delay, work)
    timer.daemon = True
    timer.start()
    return {"job": {"id": job, "done": False}}


@field_of("Mutation")
@answering("order")
def order_mark_as_paid(_root: Any, info: Any, input: dict[str, Any]) -> Any:
    order = _order(info, input["id"], "id")
    orders.pay(info.context.store, order)
    return {"order": order}


@field_of("Mutation")
@answering("order")
def order_update(_root: Any, info: Any, input: dict[str, Any]) -> Any:
    order = _order(info, input["id"], "id")
    values = {snake(key): value for key, value in input.items() if key != "id"}
    if values.get("shipping_address"):
        values["shipping_address"] = {
            snake(key): value for key, value in values["shipping_address"].items()
        }
    orders.update(info.context.store, order, values)
    return {"order": order}


@field_of("Mutation")
@answering("node")
def tags_add(_root: Any, info: Any, id: str, tags: list[str]) -> Any:
    order = _order(info, id, "id")
    kept = dict.fromkeys([*order.tags, *tags])
    orders.update(info.context.store, order, {"tags": kept})
    return {"node": node(_root, info, id=id)}


@field_of("Mutation")
@answering("node")
def tags_remove(_root: Any, info: Any, id: str, tags: list[str]) -> Any:
    order = _order(info, id, "id")
    kept = [tag for tag in order.tags if tag not in tags]
    orders.update(info.context.store, order, {"tags": kept})
    return {"node": node(_root, info, id=id)}


# === REFUNDS ===
def _no_refund(message: str, _code: str) -> Any:
    error = user_error(ShopError(message))
    return {"order": None, "refund": None, "user_errors": [error]}


@field_of("Mutation")
@idempotent(_no_refund)
@answering("order", "refund")
def refund_create(_root: Any, info: Any, input: dict[str, Any]) -> Any:
    store: Store = info.context.store
    order = _order(info, input["orderId"], "orderId")
    currency = input.get("currency")
    if currency and currency != order.currencies.presentment:
        raise ShopError(
            f"Currency must be {order.currencies.presentment} as on the order.",
            ["currency"],
        )
    made = refunds.make(
        store,
        order,
        [_refund_line(store, order, row) for row in input.get("refundLineItems") or ()],
        shipping=_refund_shipping(order, input.get("shipping")),
        payments=[_repayment(order, row) for row in input.get("transactions") or ()],
        note=input.get("note"),
        over=input.get("allowOverRefunding", False),
        reason=_REASONS.get(input.get("discrepancyReason"), "REFUND_DISCREPANCY"),
    )
    refunds.publish(store, order, made)
    return {"order": order, "refund": made}


_REASONS = {"CUSTOMER": "CUSTOMER", "DAMAGE": "DAMAGE", "RESTOCK": "RESTOCK"}


def _line(order: Order, gid: str) -> Line:
    key = number(gid, "LineItem")
    for line in order.lines:
        if line.id == key:
            return line
    raise ShopError("Line item does not exist on the order.", ["refundLineItems"])


def _refund_line(store: Store, order: Order, row: dict[str, Any]) -> refunds.LineWish:
    place = row.get("locationId")
    location = store.locations.get(number(place, "Location")) if place else None
    kind = (row.get("restockType") or "NO_RESTOCK").lower()
    return refunds.LineWish(
        _line(order, row["lineItemId"]), row["quantity"], kind, location
    )


def _refund_shipping(order: Order, wish: dict[str, Any] | None) -> Any:
    if not wish or not (wish.get("fullRefund") or wish.get("amount")):
        return []
    return refunds.shipping_share(
        order, None if wish.get("fullRefund") else wish["amount"]
    )


def _repayment(
    order: Order, row: dict[str, Any]
) -> tuple[Transaction | None, str, Decimal]:
    if row["kind"] != "REFUND":
        raise ShopError("Transaction kind must be REFUND.", ["transactions", "kind"])
    key = number(row["parentId"], "OrderTransaction") if row.get("parentId") else 0
    parent = next((part for part in order.transactions if part.id == key), None)
    if row.get("parentId") and not parent:
        raise ShopError(
            "Parent transaction does not exist.", ["transactions", "parentId"]
        )
    return parent, row["gateway"], row["amount"]


@field_of("Order")
def suggested_refund(
    order,
    _info,
    refund_line_items=None,
    refund_shipping=None,
    shipping_amount=None,
    suggest_full_refund=False,
) -> Any:
    wishes = [
        refunds.LineWish(_line(order, row["lineItemId"]), row["quantity"])
        for row in refund_line_items or ()
    ]
    if suggest_full_refund:
        wishes = [
            refunds.LineWish(line, line.current_quantity)
            for line in order.lines
            if line.current_quantity
        ]
    try:
        refunds.check(order, wishes)
        shipping = []
        if refund_shipping or suggest_full_refund or shipping_amount:
            shipping = refunds.shipping_share(order, shipping_amount)
    except ShopError:
        return None
    return _suggestion(order, *refunds.suggested(order, wishes, shipping))


def _suggestion(order: Order, subtotal, tax, amount) -> dict[str, Any]:
    limit = refunds.refundable(order)
    amount = amount.at_most(limit)
    return {
        "amount_set": amount,
        "discounted_subtotal_set": subtotal,
        "maximum_refundable_set": limit,
        "subtotal_set": subtotal,
        "suggested_transactions": [
            {
                "amount_set": order.currencies.from_presentment(share),
                "gateway": gateway,
                "kind": "SUGGESTED_REFUND",
                "parent_transaction": parent,
            }
            for parent, gateway, share in refunds.spread(order, amount.presentment)
        ],
        "total_tax_set": tax,
    }

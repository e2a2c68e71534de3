# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cancels orders in the shop and has it give money back.

A cancellation is a job of the shop: what it has come to is read from the order. A
refund has its key in two places. As the idempotency key it keeps two requests of the
same moment apart, and in the note it is found by a retry of tomorrow, when the shop
has forgotten the other.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ...engine.documents import ZERO, Cancellation, Refund
from ...engine.errors import ChannelError, Misconfigured, Rejected, Retry, Unfinished
from ...engine.money import parse_decimal, write_decimal
from . import documents
from .client import Client
from .parcels import read_number
from .reasons import get_theirs

# A shop that failed this often in a row will fail for the next one, too.
PATIENCE = 3
# How often a job of the shop is asked whether it is done.
LOOKS = 5
NAMESPACE = uuid.UUID("0b6b7a52-5a0e-4c0c-9d52-0c7f6f2a8a11")
LONGEST_NOTE = 250
Order = Mapping[str, Any]


def push_each(
    client: Client,
    wishes: Sequence[Any],
    push: Callable[[Client, Any], None],
) -> dict[str, ChannelError | None]:
    """{key: error or None}; one by one, for the shop knows no other way."""
    errors: dict[str, ChannelError | None] = {}
    failed = 0
    for wish in wishes:
        error = _try_to(push, client, wish)
        errors[wish.key] = error
        failed = failed + 1 if isinstance(error, Retry) else 0
        if failed >= PATIENCE or isinstance(error, Misconfigured):
            return {rest.key: error for rest in wishes} | errors
    return errors


def _try_to(
    push: Callable[[Client, Any], None], client: Client, wish: Any
) -> ChannelError | None:
    try:
        push(client, wish)
    except ChannelError as error:
        return error
    return None


def read_order(client: Client, order_external_id: str) -> Any:
    key = f"gid://shopify/Order/{read_number(order_external_id)}"
    order = client.ask(documents.UNDONE, id=key).get("order")
    if not order:
        raise Rejected(
            f"The shop has no order {order_external_id}, or the token may not read "
            "orders of that age.",
            field="order",
            value=order_external_id,
        )
    return order


# === CANCELLING ===


def cancel(client: Client, wish: Cancellation) -> None:
    """:raise ChannelError: if the order is not cancelled there (yet)"""
    order = read_order(client, wish.order_external_id)
    if order["cancelledAt"]:
        return
    client.change(
        documents.CANCEL,
        order=order["id"],
        reason=get_theirs(wish.code),
        money=wish.refund,
        note=wish.reason[:LONGEST_NOTE] or None,
    )
    for _look in range(LOOKS):
        if read_order(client, wish.order_external_id)["cancelledAt"]:
            return
        client.wait(1.0)
    raise Unfinished(
        f"The shop has not finished the cancellation of order {order['name']}.",
        after=30.0,
    )


# === REFUNDING ===


def refund(client: Client, wish: Refund) -> None:
    """:raise ChannelError: if the shop has not given it back"""
    order = read_order(client, wish.order_external_id)
    mark = f"[{wish.key}]"
    if any(mark in (made["note"] or "") for made in order["refunds"]):
        return
    payments = spread(order, wish.amount) if wish.by_gateway else []
    if wish.by_gateway and not payments:
        if order["cancelledAt"]:
            # The cancellation has given all of it back.
            return
        raise Rejected(
            f"The shop has no {wish.amount} left to give back of order "
            f"{order['name']}: look there whether it was refunded by hand, then skip "
            "this message.",
            field="amount",
            value=str(wish.amount),
        )
    client.change(
        documents.REFUND,
        input={
            "orderId": order["id"],
            "note": f"{wish.reason[:LONGEST_NOTE]} {mark}".strip(),
            "notify": False,
            "refundLineItems": _make_rows(client, order, wish),
            "transactions": payments,
        },
        key=str(uuid.uuid5(NAMESPACE, f"{order['id']} {wish.key}")),
    )


def _make_rows(client: Client, order: Order, wish: Refund) -> list[dict[str, Any]]:
    """The units, as far as the shop has them on the order still, and whole."""
    left = {
        read_number(row["id"]): row
        for row in client.list_all(
            documents.REFUNDABLE_LINES, "order.lineItems", id=order["id"]
        )
    }
    rows = []
    for line, quantity, _net, _tax in wish.lines:
        row = left.get(read_number(line))
        units = min(int(quantity), row["currentQuantity"]) if row else 0
        if row and units > 0:
            rows.append(
                {
                    "lineItemId": row["id"],
                    "quantity": units,
                    # What is on the shelf is told as a figure of its own.
                    "restockType": "NO_RESTOCK",
                }
            )
    return rows


def spread(order: Order, amount: Decimal) -> list[dict[str, Any]]:
    """The amount, in the shop's money, over the payments it came by; the last first.

    Empty if there is not as much of it left. The buyer gets it in the money that they
    paid with, at the rate of that payment.
    """
    rows, rest = [], amount
    for payment in reversed(order["transactions"]):
        if payment["kind"] not in ("SALE", "CAPTURE") or payment["status"] != "SUCCESS":
            continue
        paid, given = _read_amounts(payment), _count_given(order, payment)
        share = min(rest, paid[0] - given[0])
        if share <= ZERO:
            continue
        rest -= share
        # The last cent goes with the last share of it.
        is_last = share == paid[0] - given[0]
        theirs = paid[1] - given[1] if is_last else _convert(share, paid)
        rows.append(
            {
                "orderId": order["id"],
                "parentId": payment["id"],
                "gateway": payment["gateway"],
                "kind": "REFUND",
                "amount": write_decimal(theirs),
            }
        )
    return [] if rest > ZERO else rows


def _read_amounts(row: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    money = row["amountSet"]
    return (
        parse_decimal(money["shopMoney"]["amount"]),
        parse_decimal(money["presentmentMoney"]["amount"]),
    )


def _count_given(order: Order, payment: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    amounts = [
        _read_amounts(row)
        for row in order["transactions"]
        if row["kind"] == "REFUND"
        and row["status"] in ("SUCCESS", "PENDING")
        and (row["parentTransaction"] or {}).get("id") == payment["id"]
    ]
    return (
        sum((amount for amount, _theirs in amounts), ZERO),
        sum((theirs for _amount, theirs in amounts), ZERO),
    )


def _convert(share: Decimal, paid: tuple[Decimal, Decimal]) -> Decimal:
    if paid[0] == paid[1]:
        return share
    return (share * paid[1] / paid[0]).quantize(Decimal("0.01"))

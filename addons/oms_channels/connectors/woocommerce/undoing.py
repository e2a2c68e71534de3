# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cancels orders, gives money back, and says that an order is done with.

A refund posted twice is two refunds: its key goes into the reason, the one thing that
is stored in the same moment as the money, and is looked for before anything is posted.
"""

from decimal import Decimal
from typing import Any

from ...engine.documents import ZERO, Cancellation, Closing, Refund
from ...engine.errors import Rejected
from ...engine.money import parse_decimal, write_decimal
from .client import Client
from .taxes import spread

OVER = ("cancelled", "refunded", "trash")


def cancel(client: Client, cancellation: Cancellation) -> None:
    """:raise ChannelError: if it is too late, or the money could not be given back"""
    path = f"orders/{cancellation.order_external_id}"
    order = client.get(path)
    status = str(order.get("status"))
    if status == "completed":
        raise Rejected(
            f"Order {cancellation.order_external_id} is completed in the shop: refund "
            "it there, then skip this message.",
            field="status",
            value=status,
        )
    if status not in OVER:
        client.put(path, {"status": "cancelled"})
    # The platform keeps the money of an order that is merely cancelled.
    if cancellation.refund and status != "trash" and order.get("date_paid_gmt"):
        left = _count_left(order, [*client.list_all(f"{path}/refunds")])
        if left > ZERO:
            _give_back(client, path, left, cancellation)


def _give_back(client: Client, path: str, left: Decimal, wish: Cancellation) -> None:
    try:
        client.post(
            f"{path}/refunds",
            {
                "amount": write_decimal(left),
                "reason": f"{wish.reason} [{wish.key}]".strip(),
                "api_refund": True,
                # The cancellation has put the goods back already.
                "api_restock": False,
            },
        )
    except Rejected as error:
        raise Rejected(
            f"Order {wish.order_external_id} is cancelled in the shop, but its "
            f"{write_decimal(left)} could not be given back: {error} Refund it by "
            "hand, then skip this message.",
            acts="clerk",
            field="refund",
        ) from None


def _count_left(order: dict[str, Any], refunds: list[dict[str, Any]]) -> Decimal:
    """What the buyer has not got back yet."""
    given = sum((abs(parse_decimal(row.get("amount") or "0")) for row in refunds), ZERO)
    return parse_decimal(order.get("total") or "0") - given


def close(client: Client, closing: Closing) -> None:
    """:raise Rejected: if the shop thinks that the order never came so far"""
    path = f"orders/{closing.order_external_id}"
    status = str(client.get(path).get("status"))
    if status in ("completed", "refunded"):
        return
    if status not in ("pending", "processing", "on-hold"):
        raise Rejected(
            f"Order {closing.order_external_id} is {status} in the shop, and shipped "
            "and paid here. If that is right, skip this message.",
            field="status",
            value=status,
        )
    client.put(path, {"status": "completed"})


def refund(client: Client, wish: Refund) -> None:
    """:raise ChannelError: if the shop has not given it back"""
    path = f"orders/{wish.order_external_id}"
    mark = f"[{wish.key}]"
    known = [*client.list_all(f"{path}/refunds")]
    if any(mark in str(row.get("reason")) for row in known):
        return
    if wish.by_gateway and any("[cancel:" in str(row.get("reason")) for row in known):
        # The cancellation has given all of it back.
        return
    body: dict[str, Any] = {
        "amount": write_decimal(wish.amount),
        "reason": f"{wish.reason} {mark}".strip(),
        # Whether the gateway gives it back, or somebody has done so already.
        "api_refund": wish.by_gateway,
        "api_restock": wish.restock,
    }
    if wish.lines:
        order = client.get(path)
        body["line_items"] = [
            _make_row(order, line, quantity, net, tax)
            for line, quantity, net, tax in wish.lines
        ]
    client.post(f"{path}/refunds", body)


def _make_row(order: dict[str, Any], line: str, quantity, net, tax) -> dict[str, Any]:
    """A line of a refund; its tax by rate, as the line was taxed."""
    number = line.rpartition("-")[2]
    row = next(
        (
            row
            for key in ("line_items", "fee_lines", "shipping_lines")
            for row in order.get(key) or ()
            if str(row.get("id")) == number
        ),
        None,
    )
    if row is None:
        raise Rejected(
            f"Order {order.get('id')} has no line {line} in the shop any more: refund "
            "it there by hand, then skip this message.",
            field="lines",
            value=line,
        )
    made: dict[str, Any] = {"id": row["id"], "refund_total": write_decimal(net)}
    if quantity:
        made["quantity"] = int(quantity)
    if shares := _share(row, tax):
        made["refund_tax"] = shares
    return made


def _share(row: dict[str, Any], tax) -> list[dict[str, Any]]:
    rates = row.get("taxes") or []
    if not tax or not rates:
        return []
    weights = [abs(type(tax)(str(rate.get("total") or 0))) for rate in rates]
    whole = sum(weights) or type(tax)(len(weights))
    unit = type(tax)(1).scaleb(tax.as_tuple().exponent)
    shares = spread([tax * weight / whole for weight in weights], tax, unit)
    return [
        {"id": rate["id"], "refund_total": write_decimal(share)}
        for rate, share in zip(rates, shares, strict=True)
    ]

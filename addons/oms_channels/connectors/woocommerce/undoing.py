# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cancels orders and gives money back.

A refund posted twice is two refunds: its key goes into the reason, the one thing that
is stored in the same moment as the money, and is looked for before anything is posted.
"""

from typing import Any

from ...engine.documents import Cancellation, Refund
from ...engine.errors import Rejected
from ...engine.money import write_decimal
from .client import Client
from .taxes import spread


def cancel(client: Client, cancellation: Cancellation) -> None:
    """:raise Rejected: if it is too late for that"""
    path = f"orders/{cancellation.order_external_id}"
    status = str(client.get(path).get("status"))
    if status in ("cancelled", "refunded", "trash"):
        return
    if status == "completed":
        raise Rejected(
            f"Order {cancellation.order_external_id} is completed in the shop: refund "
            "it there, then skip this message.",
            field="status",
            value=status,
        )
    client.put(path, {"status": "cancelled"})


def refund(client: Client, wish: Refund) -> None:
    """:raise ChannelError: if the shop has not given it back"""
    path = f"orders/{wish.order_external_id}"
    mark = f"[{wish.key}]"
    for known in client.list_all(f"{path}/refunds"):
        if mark in str(known.get("reason")):
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

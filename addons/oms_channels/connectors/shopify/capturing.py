# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes what was secured for an order, or lets it go; once, however often asked.

The platform has no idempotency key for either: what the order's transactions say is
read before, so that a call whose answer was lost is not repeated.
"""

from typing import Any

from ...engine.amounts import round_half_up
from ...engine.documents import Capture
from ...engine.errors import Rejected
from ...engine.money import parse_decimal, write_decimal
from . import documents
from .client import Client
from .parcels import read_number

UNDER_WAY = ("SUCCESS", "PENDING", "AWAITING_RESPONSE")


def capture(client: Client, wish: Capture) -> None:
    """:raise Rejected: if the shop will not, or there is nothing to take"""
    order = _read(client, wish)
    source, taken = _find(order, wish)
    if "CAPTURE" in taken:
        return
    if "VOID" in taken:
        raise Rejected(
            f"The authorisation of order {order['name']} was voided in the shop: ask "
            "the buyer to pay again, or skip this message.",
            field="transaction",
        )
    money = source["amountSet"]["presentmentMoney"]
    amount = parse_decimal(money["amount"])
    if wish.amount < wish.authorised:
        exponent = amount.as_tuple().exponent
        digits = -exponent if isinstance(exponent, int) else 2
        amount = round_half_up(amount * wish.amount / wish.authorised, max(digits, 0))
    client.change(
        documents.CAPTURE,
        input={
            "id": order["id"],
            "parentTransactionId": source["id"],
            "amount": write_decimal(amount),
            "currency": money["currencyCode"],
        },
    )


def void(client: Client, wish: Capture) -> None:
    """:raise Rejected: if the shop will not, or the money was taken already"""
    order = _read(client, wish)
    source, taken = _find(order, wish)
    if "VOID" in taken:
        return
    if "CAPTURE" in taken:
        raise Rejected(
            f"The money of order {order['name']} was taken already: refund it.",
            field="transaction",
        )
    client.change(documents.VOID, id=source["id"])


def _read(client: Client, wish: Capture) -> dict[str, Any]:
    key = f"gid://shopify/Order/{read_number(wish.order_external_id)}"
    order: dict[str, Any] | None = client.ask(documents.TRANSACTIONS, id=key)["order"]
    if not order:
        raise Rejected(
            f"The shop has no order {wish.order_external_id}, or the token may not "
            "read orders of that age.",
            field="order",
            value=wish.order_external_id,
        )
    return order


def _find(order: dict[str, Any], wish: Capture) -> tuple[dict[str, Any], set[str]]:
    """(the authorisation, the kinds of what became of it).

    A webhook does not name the authorisation: then the order's only one is meant.
    """
    rows = order["transactions"]
    found = [
        row
        for row in rows
        if row["kind"] in ("AUTHORIZATION", "EMV_AUTHORIZATION")
        and row["status"] == "SUCCESS"
    ]
    named = [row for row in found if row["id"].endswith(f"/{wish.authorisation}")]
    if wish.authorisation.isdigit():
        found = named
    if not found:
        raise Rejected(
            f"Order {order['name']} has no authorisation {wish.authorisation} in the "
            "shop that could be captured.",
            field="transaction",
            value=wish.authorisation,
        )
    source = found[-1]
    taken = {
        row["kind"]
        for row in rows
        if (row["parentTransaction"] or {}).get("id") == source["id"]
        and row["status"] in UNDER_WAY
    }
    return source, taken

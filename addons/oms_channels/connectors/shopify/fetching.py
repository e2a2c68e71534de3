# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads the orders that changed, each of them whole."""

from datetime import datetime, timezone
from typing import Any

from ...engine.money import parse_moment
from . import documents
from .client import Client, get_next


def fetch_page(
    client: Client, since: datetime, cursor: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """Orders changed since a moment, the earliest change first.

    :param since: UTC, without zone as Odoo keeps it
    :param cursor: where the page before ended: the page size that the shop granted
        there, a colon, and the shop's own cursor
    """
    size, _colon, after = (cursor or "").partition(":")
    page, granted = client.get_page(
        documents.ORDERS,
        "orders",
        int(size) if size else documents.ORDERS.page_size,
        after or None,
        query=f"updated_at:>='{since:%Y-%m-%dT%H:%M:%SZ}'",
    )
    start = since.replace(tzinfo=timezone.utc, microsecond=0)
    # The platform answers a search term that it does not like with everything.
    orders = [node for node in page["nodes"] if _get_change(node) >= start]
    for order in orders:
        complete(client, order)
    behind = get_next(page)
    return orders, behind and f"{granted}:{behind}"


def complete(client: Client, order: dict[str, Any]) -> None:
    """Add what did not fit into the first page of the connections in an order."""
    client.complete(
        order["lineItems"], documents.ORDER_LINES, "order.lineItems", id=order["id"]
    )
    client.complete(
        order["shippingLines"],
        documents.ORDER_SHIPPING,
        "order.shippingLines",
        id=order["id"],
    )
    for refund in order["refunds"]:
        for name, document in (
            ("refundLineItems", documents.REFUNDED_LINES),
            ("refundShippingLines", documents.REFUNDED_SHIPPING),
            ("orderAdjustments", documents.REFUND_ADJUSTMENTS),
        ):
            client.complete(refund[name], document, f"refund.{name}", id=refund["id"])
    for fulfilment in order["fulfillments"]:
        client.complete(
            fulfilment["fulfillmentLineItems"],
            documents.FULFILMENT_LINES,
            "fulfillment.fulfillmentLineItems",
            id=fulfilment["id"],
        )


def _get_change(order: dict[str, Any]) -> datetime:
    return parse_moment(order["updatedAt"])

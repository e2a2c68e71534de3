# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From an order of Shopify to a ``ChannelOrder``; pure.

Both shapes are read: the body of an order webhook (REST names, numbers as ids) and
the order of the GraphQL Admin API (``gid://shopify/Order/…``). The same order has
the same key and version in both. ``total`` is what the buyer agreed to pay, before
refunds and edits that took something away; amounts are in the shop's currency.
"""

from datetime import datetime

from ...engine.documents import ChannelOrder
from ...engine.reading import Node
from .lines import read_lines
from .payments import read_payments
from .people import read_addresses, read_customer, read_key
from .purse import Purse

GIFT_NOTES = ("gift note", "gift message", "gift_note", "gift_message", "gift-message")


def order_key(payload: object) -> tuple[str, str]:
    """(external id, version) of a raw order.

    :raise Rejected: if it has no id or no time
    """
    order = Node(payload).check_object()
    return _read_id(order), _read_version(order)


def order_from_payload(payload: object, side: str = "shop") -> ChannelOrder:
    """:param side: "shop" or "presentment": the currency that is read

    :raise Rejected: names the path and the value that are wrong
    """
    order = Node(payload).check_object()
    external_id, version = order_key(payload)
    placed_at = _read_moment(order, "processed_at", "processedAt", "created_at")
    is_graphql = str(order.get("id").value).startswith("gid:")
    purse = Purse.of(order, side, is_graphql)
    sold = order.items("line_items", "lineItems")
    if not sold:
        raise order.get("line_items", "lineItems").refuse("must have at least one line")
    lines = read_lines(order, purse)
    needs_shipping = any(
        line.flag("requires_shipping", "requiresShipping") for line in sold
    )
    ship_to, bill_to = read_addresses(order, needs_shipping)
    total = purse.amount(order, "total_price", "totalPriceSet")
    shipping = next((line for line in lines if line.kind == "shipping"), None)
    return ChannelOrder(
        external_id=external_id,
        number=order.text("name") or external_id,
        version=version,
        placed_at=placed_at,
        currency=purse.currency,
        total=total,
        customer=read_customer(order, bill_to),
        lines=lines,
        taxes_included=order.flag("taxes_included", "taxesIncluded"),
        ship_to=ship_to,
        bill_to=bill_to,
        payments=read_payments(order, purse, total, placed_at),
        shipping_method=shipping.name if shipping else "",
        note=order.text("note"),
        gift_note=_read_gift_note(order),
        tags=_read_tags(order),
        cancelled_at=order.moment("cancelled_at", "cancelledAt"),
        cancel_reason=order.text("cancel_reason", "cancelReason").lower(),
        purchase_order=order.text("po_number", "poNumber"),
        is_test=order.flag("test"),
    )


def _read_id(order: Node) -> str:
    key = read_key(order, "id", "legacyResourceId")
    if not key:
        raise order.get("id").refuse("is missing")
    return key


def _read_version(order: Node) -> str:
    """The time of the last change; sorts as text, whatever offset it was sent with."""
    changed = order.moment("updated_at", "updatedAt")
    return (changed or _read_moment(order, "created_at", "createdAt")).isoformat()


def _read_moment(order: Node, *keys: str) -> datetime:
    moment = order.moment(*keys)
    if moment is None:
        raise order.get(*keys).refuse("is missing")
    return moment


def _read_gift_note(order: Node) -> str:
    for part in order.items("note_attributes", "customAttributes"):
        if part.text("name", "key").lower() in GIFT_NOTES:
            return part.text("value")
    return ""


def _read_tags(order: Node) -> tuple[str, ...]:
    """Text with commas in a webhook, a list in GraphQL."""
    value = order.get("tags").value
    if isinstance(value, list):
        tags = [str(tag) for tag in value]
    else:
        tags = order.text("tags").split(",")
    return tuple(tag.strip() for tag in tags if tag.strip())

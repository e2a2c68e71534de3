# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A WooCommerce order becomes a ``ChannelOrder``.

The body of an ``order.*`` webhook and the order of the REST API (v3) are the same
document. Only the ``_gmt`` members of its times are read: the others are the shop's
local time, which the document does not name.

The total is ``total``: what was bought, less coupons, before any refund; what the
plugin for gift cards took off it is a payment and put on again.
"""

import re
from dataclasses import replace
from datetime import datetime

from ...engine.days import read_day
from ...engine.documents import ZERO, ChannelOrder
from ...engine.reading import Node
from .lines import read_lines
from .payments import read_gift_cards, read_payments
from .people import is_pickup, read_addresses, read_customer
from .progress import Progress
from .refunds import read_refunds
from .wordpress import Meta, read_moment

# Not bought yet: a cart at the checkout, an order that somebody begins by hand.
DRAFTS = ("auto-draft", "checkout-draft", "draft")
GIFT_NOTES = ("gift message", "gift note", "order gift message")
# What other plugins ask at the checkout and whoever packs has to know.
WISHES = (
    "delivery date",
    "delivery time",
    "pickup date",
    "pickup time",
    "pickup location",
)
DAYS = (
    "delivery date",
    "order delivery date",
    "requested delivery date",
    "orddd delivery date",
    "e deliverydate",
    "pickup date",
)
PURCHASE_ORDERS = ("purchase order number", "po number", "billing po number")
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def order_key(payload: object) -> tuple[str, str]:
    """(id, version) of an order; the version is the time of its last change.

    :raise Rejected: if it is no order
    """
    order = Node(payload).check_object()
    key = order.required("id")
    if order.flag("deleted"):
        return key, ""
    return key, _read_version(order)


def is_draft(payload: object) -> bool:
    value = payload.get("status") if isinstance(payload, dict) else None
    return isinstance(value, str) and value.lower() in DRAFTS


def order_from_payload(payload: object) -> ChannelOrder:
    """:raise Rejected: names the member and the value that are wrong"""
    order = Node(payload).check_object()
    _check_status(order)
    currency = _read_currency(order)
    placed_at = _read_placed_at(order)
    meta = Meta.of(order)
    progress = Progress.of_order(order)
    ship_to, bill_to = read_addresses(order)
    total = order.number("total", least=ZERO)
    shipping = [node.text("method_title") for node in order.items("shipping_lines")]
    mapped = ChannelOrder(
        external_id=order.required("id"),
        number=order.text("number") or order.required("id"),
        version=_read_version(order),
        placed_at=placed_at,
        currency=currency,
        total=total,
        customer=read_customer(order, bill_to, meta),
        lines=read_lines(order, progress),
        taxes_included=order.flag("prices_include_tax"),
        ship_to=ship_to,
        bill_to=bill_to,
        payments=tuple(read_payments(order, total, currency, placed_at)),
        refunds=read_refunds(order, progress),
        shipping_method=next(filter(None, shipping), ""),
        note=_read_note(order, meta),
        gift_note=meta.find(*GIFT_NOTES),
        purchase_order=meta.find(*PURCHASE_ORDERS),
        cancelled_at=_read_cancelled_at(order, progress, placed_at),
        cancel_reason=_read_cancel_reason(order, progress),
        requested_on=read_day(meta.find(*DAYS)),
        is_pickup=is_pickup(order),
        pickup_location=_read_pickup_location(order),
    )
    return _add_gift_cards(mapped, order)


# === HEAD ===


def _check_status(order: Node) -> None:
    if order.flag("deleted"):
        raise order.get("deleted").refuse(
            f"order {order.text('id')} in the shop: cancel it here if it is not to be "
            "shipped; what there was of it cannot be read any more"
        )
    if is_draft(order.value):
        raise order.get("status").refuse("is that of an order not placed yet")


def _read_currency(order: Node) -> str:
    code = order.required("currency")
    if not _CURRENCY.fullmatch(code):
        raise order.get("currency").refuse("is not a currency code of three letters")
    return code


def _read_placed_at(order: Node) -> datetime:
    placed_at = read_moment(order, "date_created_gmt")
    if not placed_at:
        raise order.get("date_created_gmt").refuse("is missing")
    return placed_at


def _read_version(order: Node) -> str:
    changed_at = read_moment(order, "date_modified_gmt") or _read_placed_at(order)
    return changed_at.isoformat()


def _read_note(order: Node, meta: Meta) -> str:
    """What the buyer wrote, and wishes that stand elsewhere."""
    wishes = [
        f"{name.capitalize()}: {text}" for name in WISHES if (text := meta.find(name))
    ]
    if is_pickup(order):
        places = [
            Meta.of(node).find("pickup location", "pickup address")
            for node in order.items("shipping_lines")
        ]
        wishes += [f"Pick-up at: {place}" for place in places if place]
    return "\n".join(filter(None, (order.text("customer_note"), *wishes)))


def _read_pickup_location(order: Node) -> str:
    """What the shop calls the place; plugins and the checkout name it differently."""
    if not is_pickup(order):
        return ""
    for node in order.items("shipping_lines"):
        meta = Meta.of(node)
        if place := meta.find("pickup location", "pickup location name"):
            return place
    return Meta.of(order).find("pickup location", "pickup location name")


def _read_cancelled_at(
    order: Node, progress: Progress, placed_at: datetime
) -> datetime | None:
    if not _read_cancel_reason(order, progress):
        return None
    return read_moment(order, "date_modified_gmt") or placed_at


def _read_cancel_reason(order: Node, progress: Progress) -> str:
    """An order given back as a whole before it was completed will not be shipped."""
    status = order.text("status").lower()
    if status in ("cancelled", "trash"):
        return status
    return status if status == "refunded" and not progress.is_completed else ""


def _add_gift_cards(mapped: ChannelOrder, order: Node) -> ChannelOrder:
    cards = read_gift_cards(order, mapped.currency, mapped.placed_at)
    paid = sum((card.amount for card in cards), ZERO)
    # Some versions of the plugin leave the total alone.
    if not paid or mapped.lines_total != mapped.total + paid:
        return mapped
    return replace(
        mapped, total=mapped.total + paid, payments=(*mapped.payments, *cards)
    )

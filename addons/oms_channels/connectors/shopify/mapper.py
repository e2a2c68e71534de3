# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Shopify order becomes a ``ChannelOrder``.

Two dialects say the same: the body of an ``orders/*`` webhook (and of the REST API),
and the order of the GraphQL API as ``documents.ORDER`` asks for it. Both are read by
the same code; a refusal names the member of the payload that is there.

The total is ``total_price``: what was bought, edits included, before any refund. Cash
rounding, which the platform keeps beside the total, is a line of its own and added,
because that is what the buyer paid.
"""

import re
from dataclasses import replace
from datetime import datetime

from ...engine.days import read_day
from ...engine.documents import ZERO, ChannelOrder
from ...engine.reading import Node, clean
from .lines import LineReader, read_rounding, write_pairs
from .payments import read_payments
from .people import read_addresses, read_customer, read_key
from .progress import Progress
from .purse import Purse
from .refunds import RefundReader, read_parcels
from .wishes import DAYS, PICKUP_PLACES, is_picked_up, read_wishes

GIFT_NOTES = ("gift note", "gift message")


def order_key(payload: object) -> tuple[str, str]:
    """(id, version) of an order; the version is the time of its last change.

    :raise Rejected: if it is no order
    """
    order = _unwrap(payload)
    return _read_id(order), _read_version(order)


def order_from_payload(payload: object, side: str = "shop") -> ChannelOrder:
    """:param side: the currency to import: ``shop`` or ``presentment`` (the buyer's)

    :raise Rejected: names the member and the value that are wrong
    """
    order = _unwrap(payload)
    purse = Purse.of(order, side, _is_graphql(order))
    placed_at = _read_placed_at(order)
    progress = Progress.of_order(order)
    lines = LineReader(order, purse, progress).read_all()
    needs_shipping = any(
        node.get("requires_shipping", "requiresShipping").value is not False
        for node in order.items("line_items", "lineItems")
    )
    ship_to, bill_to = read_addresses(order, needs_shipping)
    note, gift_note = _read_notes(order)
    taxes_included = order.flag("taxes_included", "taxesIncluded")
    total = purse.amount(order, "total_price", "totalPriceSet", least=ZERO)
    shipping = [line for line in lines if line.kind == "shipping"]
    wishes = read_wishes(order)
    is_pickup = is_picked_up(order, wishes)
    place = wishes.find(*PICKUP_PLACES) or (shipping[0].name if shipping else "")
    mapped = ChannelOrder(
        external_id=_read_id(order),
        number=order.text("name") or order.text("order_number") or _read_id(order),
        version=_read_version(order),
        placed_at=placed_at,
        currency=purse.currency,
        total=total,
        customer=read_customer(order, bill_to),
        lines=lines,
        taxes_included=taxes_included,
        ship_to=ship_to,
        bill_to=bill_to,
        payments=read_payments(order, purse, total, placed_at),
        shipping_method=shipping[0].name if shipping else "",
        note=note,
        gift_note=gift_note,
        tags=_read_tags(order),
        cancelled_at=order.moment("cancelled_at", "cancelledAt"),
        cancel_reason=order.text("cancel_reason", "cancelReason").lower(),
        purchase_order=order.text("po_number", "poNumber"),
        is_test=order.flag("test"),
        refunds=RefundReader(order, purse, lines, taxes_included).read_all(),
        parcels=read_parcels(order),
        requested_on=read_day(wishes.find(*DAYS)),
        is_pickup=is_pickup,
        pickup_location=place if is_pickup else "",
    )
    return _add_rounding(mapped, order, purse)


# === HEAD ===


def _unwrap(payload: object) -> Node:
    """The order itself, out of the envelope that an API answer puts around it."""
    node = Node(payload).check_object()
    inner = node.get("order")
    if isinstance(inner.value, dict) and not node.get("id"):
        return inner
    return node


def _is_graphql(order: Node) -> bool:
    return "lineItems" in order or str(order.get("id").value).startswith("gid:")


def _read_id(order: Node) -> str:
    return read_key(order, "legacyResourceId", "id") or order.required("id")


def _read_placed_at(order: Node) -> datetime:
    placed_at = order.moment("processed_at", "processedAt") or order.moment(
        "created_at", "createdAt"
    )
    if not placed_at:
        raise order.get("created_at", "createdAt").refuse("is missing")
    return placed_at


def _read_version(order: Node) -> str:
    changed_at = order.moment("updated_at", "updatedAt") or _read_placed_at(order)
    return changed_at.isoformat()


def _read_notes(order: Node) -> tuple[str, str]:
    """(what the buyer wrote, the text of a gift note)."""
    pairs = order.items("note_attributes", "customAttributes")
    gifts = [pair for pair in pairs if _is_gift_note(pair)]
    others = [pair for pair in pairs if not _is_gift_note(pair)]
    note = "\n".join(filter(None, (order.text("note"), write_pairs(others))))
    return note, "\n".join(filter(None, (pair.text("value") for pair in gifts)))


def _is_gift_note(pair: Node) -> bool:
    return re.sub(r"[\W_]+", " ", pair.text("name", "key")).lower() in GIFT_NOTES


def _read_tags(order: Node) -> tuple[str, ...]:
    tags = order.get("tags")
    texts = (
        tags.value if isinstance(tags.value, list) else order.text("tags").split(",")
    )
    stripped = (clean(tag) for tag in texts if isinstance(tag, str))
    return tuple(dict.fromkeys(tag for tag in stripped if tag))


def _add_rounding(mapped: ChannelOrder, order: Node, purse: Purse) -> ChannelOrder:
    rounding = read_rounding(order, purse)
    if not rounding:
        return mapped
    return replace(
        mapped,
        lines=(*mapped.lines, rounding),
        total=mapped.total + rounding.unit_price,
    )

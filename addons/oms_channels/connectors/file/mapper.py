# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From our own order document to a ``ChannelOrder``.

The document is described by ``schema/oms_order.schema.json``; this reads it and says
of anything wrong where it stands. A test holds the two against each other. A reader
of files puts ``unreadable`` into what is no order: the sentence that says why.
"""

import re
from dataclasses import replace
from decimal import Decimal

from ...engine.days import read_day
from ...engine.documents import (
    ZERO,
    Address,
    ChannelOrder,
    Customer,
    Line,
    Parcel,
    Payment,
    RefundedLine,
    Reversal,
    Tax,
)
from ...engine.errors import Rejected
from ...engine.reading import Node, clean

LINE_KINDS = ("goods", "shipping", "tip", "fee", "gift_card")
LONGEST_REASON = 500
_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
PAYMENT_KINDS = ("authorisation", "capture", "refund", "void")


def order_key(payload):
    """(external id, version) of a raw order."""
    order = _check_readable(Node(payload).check_object())
    return order.required("external_id"), _version(order)


def order_from_payload(payload):
    """:raise Rejected: names the path and the value that are wrong"""
    order = _check_readable(Node(payload).check_object())
    lines = tuple(
        _line(node, position) for position, node in enumerate(_items(order, "lines"), 1)
    )
    _check_lines(order, lines)
    placed_at = _required_moment(order, "placed_at")
    external_id = order.required("external_id")
    document = ChannelOrder(
        external_id=external_id,
        number=order.text("number") or external_id,
        version=_version(order),
        placed_at=placed_at,
        currency=_currency(order),
        total=ZERO,
        customer=_customer(order.part("customer")),
        lines=lines,
        taxes_included=order.flag("taxes_included"),
        ship_to=_address(order.part("ship_to")),
        bill_to=_address(order.part("bill_to")),
        payments=tuple(_payment(n, placed_at) for n in _items(order, "payments")),
        shipping_method=order.text("shipping_method"),
        note=order.text("note"),
        gift_note=order.text("gift_note"),
        tags=_tags(order.get("tags")),
        cancelled_at=order.moment("cancelled_at"),
        cancel_reason=order.text("cancel_reason"),
        purchase_order=order.text("purchase_order"),
        is_test=order.flag("is_test"),
        refunds=tuple(_refund(node) for node in _items(order, "refunds")),
        parcels=tuple(_parcel(node) for node in _items(order, "parcels")),
        requested_on=_day(order, "requested_on"),
        is_pickup=order.flag("is_pickup"),
        pickup_location=order.text("pickup_location"),
    )
    return replace(document, total=order.number_or(document.lines_total, "total"))


def _check_readable(order):
    if reason := order.text("unreadable"):
        raise Rejected(reason[:LONGEST_REASON], field="file")
    return order


def _version(order):
    """The version that the sender counts, else when it was placed."""
    moment = order.moment("updated_at") or _required_moment(order, "placed_at")
    return order.text("version") or moment.isoformat()


def _required_moment(node, key):
    moment = node.moment(key)
    if moment is None:
        raise node.get(key).refuse("is missing")
    return moment


def _day(node, key):
    text = node.text(key)
    if not text:
        return None
    day = read_day(text) if _DAY.fullmatch(text) else None
    if day is None:
        raise node.get(key).refuse("is not a day, like 2026-03-14")
    return day


def _currency(order):
    code = order.required("currency")
    if not _CURRENCY.fullmatch(code):
        raise order.get("currency").refuse("must be three capital letters, like USD")
    return code


def _check_lines(order, lines):
    if not lines:
        raise order.get("lines").refuse("must have at least one line")
    seen = set()
    for line in lines:
        if line.external_id in seen:
            raise order.get("lines").refuse(f"has the id {line.external_id} twice")
        seen.add(line.external_id)
    for node, line in zip(_items(order, "lines"), lines, strict=True):
        if line.parent and (line.parent not in seen or line.parent == line.external_id):
            raise node.get("parent").refuse("must be the external_id of another line")


def _line(node, position):
    sku, name = node.text("sku"), node.text("name")
    if not (sku or name):
        raise node.get("sku").refuse("is missing, and so is name")
    kind = node.text("kind") or "goods"
    if kind not in LINE_KINDS:
        raise node.get("kind").refuse(f"must be one of {', '.join(LINE_KINDS)}")
    quantity = _positive(node, "quantity")
    return Line(
        external_id=node.text("external_id") or str(position),
        name=name or sku,
        sku=sku,
        barcode=node.text("barcode"),
        kind=kind,
        quantity=quantity,
        unit_price=node.number("unit_price"),
        discount=node.number_or(ZERO, "discount", least=ZERO),
        taxes=tuple(_tax(tax) for tax in _items(node, "taxes")),
        cancelled=_part(node, "cancelled", quantity),
        fulfilled=_part(node, "fulfilled", quantity),
        note=node.text("note"),
        parent=node.text("parent"),
    )


def _items(node, key):
    """Members of a list; a connection of GraphQL is none."""
    found = node.get(key)
    if isinstance(found.value, dict):
        raise found.refuse("must be a list")
    return node.items(key)


def _positive(node, key):
    number = node.number(key)
    if number <= 0:
        raise node.get(key).refuse("must be more than 0")
    return number


def _part(node, key, quantity):
    number = node.number_or(ZERO, key, least=ZERO)
    if number > quantity:
        raise node.get(key).refuse(f"must be at most the quantity, {quantity}")
    return number


def _tax(node):
    rate = node.number("rate", least=ZERO)
    if rate > 1:
        raise node.get("rate").refuse("must be a fraction, like 0.06 for 6 %")
    return Tax(
        title=node.text("title") or f"{(rate * 100).normalize():f}%",
        rate=rate,
        amount=node.number("amount"),
        by_channel=node.flag("by_channel"),
    )


def _payment(node, placed_at):
    kind = node.required("kind")
    if kind not in PAYMENT_KINDS:
        raise node.get("kind").refuse(f"must be one of {', '.join(PAYMENT_KINDS)}")
    return Payment(
        external_id=node.required("external_id"),
        kind=kind,
        amount=node.number("amount", least=Decimal(0)),
        date=node.moment("date") or placed_at,
        gateway=node.text("gateway"),
    )


def _refund(node):
    return Reversal(
        external_id=node.required("external_id"),
        lines=tuple(_refunded_line(row) for row in _items(node, "lines")),
        kept=node.number_or(ZERO, "kept"),
    )


def _refunded_line(node):
    told = node.get("amount").value not in (None, "")
    return RefundedLine(
        external_id=node.required("external_id"),
        quantity=node.number_or(ZERO, "quantity", least=ZERO),
        amount=node.number("amount", least=ZERO) if told else None,
        tax=node.number_or(ZERO, "tax", least=ZERO),
        returned=node.flag("returned"),
    )


def _parcel(node):
    return Parcel(
        external_id=node.required("external_id"),
        lines=tuple(
            (row.required("external_id"), row.number_or(ZERO, "quantity", least=ZERO))
            for row in _items(node, "lines")
        ),
        carrier=node.text("carrier"),
        tracking=node.text("tracking"),
    )


def _customer(node):
    return Customer(
        external_id=node.text("external_id"),
        name=node.text("name"),
        email=node.text("email"),
        phone=node.text("phone"),
        vat=node.text("vat"),
        lang=node.text("lang"),
        is_company=node.flag("is_company"),
    )


def _address(node):
    return Address(
        name=node.text("name"),
        company=node.text("company"),
        street=node.text("street"),
        street2=node.text("street2"),
        city=node.text("city"),
        zip=node.text("zip"),
        state_code=node.text("state"),
        country_code=node.text("country"),
        phone=node.text("phone"),
        email=node.text("email"),
    )


def _tags(node):
    tags = [] if node.value is None else node.value
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise node.refuse("must be a list of texts")
    return tuple(filter(None, map(clean, tags)))

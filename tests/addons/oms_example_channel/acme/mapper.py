# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Turns an order of Acme into ours; pure, so that a test needs one JSON file."""

from datetime import datetime, timezone

from odoo.addons.oms_channels.engine.documents import (
    ZERO,
    Address,
    ChannelOrder,
    Customer,
    Line,
    Payment,
)
from odoo.addons.oms_channels.engine.reading import Node

LAST_SECOND = 32503680000  # of the year 2999


def order_key(payload):
    """(external id, version); Acme counts the versions of an order."""
    order = Node(payload).check_object()
    return order.required("ref"), f"{int(order.number_or(ZERO, 'revision')):09d}"


def order_from_payload(payload):
    ref, version = order_key(payload)
    order = Node(payload)
    placed_at = _read_time(order)
    lines = _read_lines(order)
    total = order.number("total", least=ZERO)
    buyer = order.text("buyer")
    return ChannelOrder(
        external_id=ref,
        number=f"ACME-{ref}",
        version=version,
        placed_at=placed_at,
        currency=_read_currency(order),
        total=total,
        customer=Customer(name=buyer),
        ship_to=Address(
            name=buyer,
            street=order.text("street"),
            city=order.text("city"),
            country_code=order.text("country"),
        ),
        lines=lines,
        payments=(Payment("paid", "capture", total, placed_at),),
        cancelled_at=placed_at if order.flag("dropped") else None,
    )


def _read_lines(order):
    lines = tuple(_read_line(row) for row in order.items("rows"))
    keys = {line.external_id for line in lines}
    if not lines or len(keys) < len(lines):
        raise order.get("rows").refuse("must have rows, each with a number of its own")
    return lines


def _read_line(row):
    return Line(
        external_id=row.required("row"),
        name=row.required("what"),
        sku=row.text("sku"),
        quantity=row.number("count", least=ZERO),
        unit_price=row.number("each"),
    )


def _read_time(order):
    """Acme counts the seconds since 1970."""
    seconds = order.number("placed", least=ZERO)
    if seconds > LAST_SECOND:
        raise order.get("placed").refuse("is later than any order")
    return datetime.fromtimestamp(int(seconds), timezone.utc)


def _read_currency(order):
    code = order.required("money")
    if len(code) != 3 or not code.isascii() or not code.isupper():
        raise order.get("money").refuse("is not a currency code of three letters")
    return code

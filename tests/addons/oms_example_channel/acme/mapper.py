# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Turns an order of Acme into ours; pure, so that a test needs one JSON file."""

from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation

from odoo.addons.oms_channels.engine.documents import (
    Address,
    ChannelOrder,
    Customer,
    Line,
    Payment,
)
from odoo.addons.oms_channels.engine.errors import Rejected


def order_key(payload):
    """(external id, version); Acme counts the versions of an order."""
    return _text(payload, "ref"), f"{int(payload.get('revision', 0)):09d}"


def order_from_payload(payload):
    ref, version = order_key(payload)
    placed_at = datetime.fromtimestamp(payload["placed"], timezone.utc)
    lines = tuple(
        _line(row, f"rows[{index}]") for index, row in enumerate(payload["rows"])
    )
    total = sum(line.net for line in lines)
    return ChannelOrder(
        external_id=ref,
        number=f"ACME-{ref}",
        version=version,
        placed_at=placed_at,
        currency=_text(payload, "money"),
        total=total,
        customer=Customer(name=_text(payload, "buyer")),
        ship_to=Address(
            name=_text(payload, "buyer"),
            street=_text(payload, "street"),
            city=_text(payload, "city"),
            country_code=_text(payload, "country"),
        ),
        lines=lines,
        payments=(Payment("paid", "capture", total, placed_at),),
    )


def _line(row, path):
    return Line(
        external_id=_text(row, "row", path),
        name=_text(row, "what", path),
        sku=str(row.get("sku") or ""),
        quantity=_number(row, "count", path),
        unit_price=_number(row, "each", path),
    )


def _text(payload, field, path=""):
    value = payload.get(field)
    if not value:
        where = f"{path}.{field}".strip(".")
        raise Rejected(f"{where} is missing", field=where, value=str(value))
    return str(value)


def _number(payload, field, path):
    where, value = f"{path}.{field}", payload.get(field)
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise Rejected(
            f"{where} is “{value}”, not a number", field=where, value=str(value)
        ) from None

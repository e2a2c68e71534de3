# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an order of any platform comes to, and how a file says it."""

from decimal import Decimal
from typing import Any

from odoo.addons.oms_channels.engine.documents import Address, ChannelOrder, Line
from odoo.addons.oms_channels.engine.settling import lines_total, settle


def get_left(order: ChannelOrder) -> Decimal:
    """The total less what the shop has cancelled or given back since."""
    return order.total - order.lines_total + lines_total(order, settle(order))


def write_document(order: ChannelOrder) -> dict[str, Any]:
    """What ``oms_order.schema.json`` describes; amounts and times as text."""
    return {
        "external_id": order.external_id,
        "number": order.number,
        "version": order.version,
        "placed_at": order.placed_at.isoformat(),
        "currency": order.currency,
        "total": _write(order.total),
        "taxes_included": order.taxes_included,
        "customer": {
            "external_id": order.customer.external_id,
            "name": order.customer.name,
            "email": order.customer.email,
        },
        "ship_to": _write_address(order.ship_to),
        "bill_to": _write_address(order.bill_to),
        "lines": [_write_line(line) for line in order.lines],
        "payments": [
            {
                "external_id": payment.external_id,
                "kind": payment.kind,
                "amount": _write(payment.amount),
                "date": payment.date.isoformat(),
            }
            for payment in order.payments
        ],
        "note": order.note,
    }


def _write_line(line: Line) -> dict[str, Any]:
    return {
        "external_id": line.external_id,
        "name": line.name,
        "sku": line.sku,
        "kind": line.kind,
        "quantity": _write(line.quantity),
        "unit_price": _write(line.unit_price),
        "discount": _write(line.discount),
        "taxes": [
            {"title": tax.title, "rate": _write(tax.rate), "amount": _write(tax.amount)}
            for tax in line.taxes
        ],
    }


def _write_address(address: Address) -> dict[str, str]:
    return {
        "name": address.name,
        "street": address.street,
        "city": address.city,
        "zip": address.zip,
        "state": address.state_code,
        "country": address.country_code,
    }


def _write(amount: Decimal) -> str:
    return f"{amount:f}"

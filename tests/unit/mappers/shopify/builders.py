# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The body of an order webhook, as small as the platform makes it."""

import itertools


def bag(shop, buyer=None, currency="EUR"):
    return {
        "shop_money": {"amount": shop, "currency_code": "EUR"},
        "presentment_money": {"amount": buyer or shop, "currency_code": currency},
    }


def line(**values):
    return {
        "id": 11,
        "name": "Mug",
        "sku": "MUG",
        "price": "10.00",
        "quantity": 2,
        "current_quantity": 2,
        "fulfillable_quantity": 2,
        "requires_shipping": True,
    } | values


def order(*lines, **values):
    return {
        "id": 1,
        "name": "#1",
        "currency": "EUR",
        "created_at": "2026-03-01T09:00:00Z",
        "updated_at": "2026-03-01T09:00:00Z",
        "total_price": "20.00",
        "financial_status": "pending",
        "fulfillments": [],
        "refunds": [],
        "line_items": list(lines) or [line()],
    } | values


_numbers = itertools.count(100)


def transaction(kind, amount, **values):
    return {
        "id": next(_numbers),
        "kind": kind,
        "amount": amount,
        "status": "success",
        "currency": "EUR",
        "gateway": "card",
        "created_at": "2026-03-01T09:00:00Z",
    } | values


def parcel(quantity, status="success", key=11):
    return {"status": status, "line_items": [{"id": key, "quantity": quantity}]}


def refund(quantity, restock_type, key=11):
    row = {"line_item_id": key, "quantity": quantity, "restock_type": restock_type}
    return {"refund_line_items": [row], "transactions": []}

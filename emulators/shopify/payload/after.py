# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What comes after the sale: refunds, fulfilments, edits."""

from __future__ import annotations

from ..model import Fulfillment, Order, Refund, RefundLine, Transaction
from ..money import text
from ..store import Store
from .parts import Json, line, money_set, priced, shipping, when


# === REFUNDS ===
def refund(store: Store, row: Refund) -> Json:
    """The body of `refunds/create`."""
    return {
        **nested_refund(store, row),
        "return": None,
        "refund_shipping_lines": [
            {
                "id": part.id,
                "shipping_line_id": part.shipping_line.id,
                "subtotal_amount_set": money_set(part.subtotal),
                "shipping_line": {
                    key: value
                    for key, value in shipping(part.shipping_line, row.order).items()
                    if key != "is_removed"
                },
            }
            for part in row.shipping
        ],
    }


def nested_refund(store: Store, row: Refund) -> Json:
    zero = row.order.currencies.zero()
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "created_at": when(row.created_at),
        "note": row.note,
        "order_id": row.order.id,
        "processed_at": when(row.created_at),
        "restock": any(part.restock_type != "no_restock" for part in row.lines),
        "total_additional_fees_set": money_set(zero),
        "total_duties_set": money_set(zero),
        "user_id": None,
        "order_adjustments": _adjustments(row),
        "transactions": [transaction(part) for part in row.transactions],
        "refund_line_items": [_refund_line(part) for part in row.lines],
        "duties": [],
        "additional_fees": [],
    }


def _adjustments(row: Refund) -> list[Json]:
    """Shipping comes as an adjustment too, under a number of its own."""
    rows = [
        (part.id + 1, -part.subtotal, -part.tax, "shipping_refund", "Shipping refund")
        for part in row.shipping
    ]
    zero = row.order.currencies.zero()
    rows += [
        (part.id, part.amount, zero, "refund_discrepancy", "Refund discrepancy")
        for part in row.adjustments
    ]
    return [
        {
            "id": key,
            "order_id": row.order.id,
            "refund_id": row.id,
            **priced("amount", amount),
            **priced("tax_amount", tax),
            "kind": kind,
            "reason": reason,
        }
        for key, amount, tax, kind, reason in rows
    ]


def _refund_line(row: RefundLine) -> Json:
    """`subtotal` and `total_tax` are numbers here, as in the published samples."""
    return {
        "id": row.id,
        "line_item_id": row.line.id,
        "location_id": row.location.id if row.location else None,
        "quantity": row.quantity,
        "restock_type": row.restock_type,
        "subtotal": float(row.subtotal.shop),
        "subtotal_set": money_set(row.subtotal),
        "total_tax": float(row.total_tax.shop),
        "total_tax_set": money_set(row.total_tax),
        "line_item": line(row.line),
    }


def transaction(row: Transaction) -> Json:
    unit = row.amount.currencies
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "amount": text(row.amount.presentment, unit.presentment),
        "authorization": None,
        "created_at": when(row.created_at),
        "currency": unit.presentment,
        "device_id": None,
        "error_code": None,
        "gateway": row.gateway,
        "kind": row.kind,
        "location_id": None,
        "message": None,
        "order_id": row.order.id,
        "parent_id": row.parent.id if row.parent else None,
        "payment_id": f"{row.order.name}.{row.order.transactions.index(row) + 1}",
        "processed_at": when(row.created_at),
        "receipt": {},
        "source_name": row.order.source_name,
        "status": row.status,
        "test": False,
        "user_id": None,
    }


# === FULFILMENTS ===
def fulfillment(store: Store, row: Fulfillment) -> Json:
    """The body of `fulfillments/create` and `fulfillments/update`."""
    return nested_fulfillment(store, row)


def nested_fulfillment(store: Store, row: Fulfillment) -> Json:
    position = (
        row.order.fulfillments.index(row) + 1 if row in row.order.fulfillments else 1
    )
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "created_at": when(row.created_at),
        "location_id": row.location.id,
        "name": f"{row.order.name}.{position}",
        "order_id": row.order.id,
        "origin_address": {},
        "receipt": {},
        "service": "manual",
        "shipment_status": None,
        "status": row.status.lower(),
        "tracking_company": row.company,
        "tracking_number": row.numbers[0] if row.numbers else None,
        "tracking_numbers": row.numbers,
        "tracking_url": row.urls[0] if row.urls else None,
        "tracking_urls": row.urls,
        "updated_at": when(row.updated_at),
        "line_items": [
            {**line(part.line), "quantity": part.quantity} for part in row.lines
        ],
    }


# === EDITS ===
def edit(store: Store, row: Order, added: list[Json], removed: list[Json]) -> Json:
    """The body of `orders/edited`: what moved, not the order."""
    return {
        "order_edit": {
            "id": store.next_id("OrderEdit"),
            "app_id": None,
            "created_at": when(row.updated_at),
            "notify_customer": False,
            "order_id": row.id,
            "staff_note": "",
            "user_id": None,
            "line_items": {"additions": added, "removals": removed},
            "discounts": {
                "line_item": {"additions": [], "removals": []},
            },
            "shipping_lines": {"additions": [], "removals": []},
        }
    }

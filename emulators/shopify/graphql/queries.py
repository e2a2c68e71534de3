# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The query root: what can be asked for, and how it is searched and sorted."""

from __future__ import annotations

from typing import Any

from .. import pricing
from ..model import Order, Record
from . import search
from .connections import connection
from .resolving import ItemOf, ProductOf, field_of, number

_FINANCIAL = pricing.financial_status
_ORDER_FIELDS: dict[str, search.Getter] = {
    "confirmation_number": lambda row: row.confirmation_number,
    "created_at": lambda row: row.created_at,
    "customer_id": lambda row: row.customer.id if row.customer else None,
    "email": lambda row: row.email,
    "financial_status": _FINANCIAL,
    "fulfillment_status": lambda row: {
        None: ("unfulfilled", "unshipped"),
        "partial": ("partial",),
        "fulfilled": ("fulfilled", "shipped"),
    }[pricing.fulfillment_status(row)],
    "id": lambda row: row.id,
    "name": lambda row: (row.name, row.name.lstrip("#")),
    "po_number": lambda row: row.po_number,
    "processed_at": lambda row: row.created_at,
    "sku": lambda row: [line.sku for line in row.lines if line.sku],
    "source_name": lambda row: row.source_name,
    "status": lambda row: _statuses(row),
    "tag": lambda row: row.tags,
    "test": lambda row: False,
    "updated_at": lambda row: row.updated_at,
}
_VARIANT_FIELDS: dict[str, search.Getter] = {
    "barcode": lambda row: row.barcode,
    "id": lambda row: row.id,
    "product_id": lambda row: row.id,
    "sku": lambda row: row.sku,
    "title": lambda row: row.title,
    "updated_at": lambda row: row.updated_at,
}
_ORDER_SORTS = {
    "CREATED_AT": lambda row: row.created_at,
    "CURRENT_TOTAL_PRICE": lambda row: pricing.current_total(row).shop,
    "CUSTOMER_NAME": lambda row: (
        f"{row.customer.last_name}, {row.customer.first_name}" if row.customer else ""
    ),
    "ID": lambda row: row.id,
    "ORDER_NUMBER": lambda row: row.number,
    "PROCESSED_AT": lambda row: row.created_at,
    "TOTAL_PRICE": lambda row: pricing.total(row).shop,
    "UPDATED_AT": lambda row: row.updated_at,
}
_VARIANT_SORTS = {
    "ID": lambda row: row.id,
    "INVENTORY_QUANTITY": lambda row: row.id,
    "POSITION": lambda row: row.id,
    "SKU": lambda row: row.sku,
    "TITLE": lambda row: row.title,
}


def _statuses(row: Order) -> tuple[str, ...]:
    if row.cancelled_at:
        return ("any", "cancelled")
    return ("any", "closed") if row.closed_at else ("any", "open")


def found(info: Any, rows: Any, query: str | None, fields: Any, text: Any) -> list[Any]:
    test = search.Search(query, fields, text)
    if test.warnings:
        info.context.warnings.append(
            {
                "path": info.path.as_list(),
                "query": query,
                "warnings": test.warnings,
            }
        )
    return [row for row in rows if test(row)]


# === ORDERS ===
@field_of("QueryRoot")
def order(_root: Any, info: Any, id: str) -> Any:
    return info.context.store.orders.get(number(id, "Order"))


def _found_orders(info: Any, query: str | None) -> list[Order]:
    def text(row: Order) -> str:
        buyer = row.customer and f"{row.customer.first_name} {row.customer.last_name}"
        return f"{row.name} {row.email} {buyer}"

    return found(info, info.context.store.orders.values(), query, _ORDER_FIELDS, text)


@field_of("QueryRoot")
def orders(_root: Any, info: Any, sort_key: str, query: str | None = None, **arguments):
    page = connection(_found_orders(info, query), arguments, _ORDER_SORTS[sort_key])
    # What other people do while the pages are read.
    more = page["page_info"]["has_next_page"]
    if page["nodes"] and more and info.context.faults.take("page_drift"):
        info.context.store.touch(page["nodes"][0])
    return page


@field_of("QueryRoot")
def orders_count(_root: Any, info: Any, limit: int | None = None, query=None) -> Any:
    count = len(_found_orders(info, query))
    capped = limit is not None and count > limit
    return {
        "count": limit if capped else count,
        "precision": "AT_LEAST" if capped else "EXACT",
    }


# === FULFILMENT ===
@field_of("QueryRoot")
def fulfillment(_root: Any, info: Any, id: str) -> Any:
    return info.context.store.fulfillments.get(number(id, "Fulfillment"))


@field_of("QueryRoot")
def fulfillment_order(_root: Any, info: Any, id: str) -> Any:
    return info.context.store.fulfillment_orders.get(number(id, "FulfillmentOrder"))


@field_of("QueryRoot")
def fulfillment_orders(
    _root, info, sort_key, include_closed=False, query=None, **others
):
    rows = found(
        info,
        info.context.store.fulfillment_orders.values(),
        query,
        {
            "id": lambda row: row.id,
            "status": lambda row: row.status,
            "updated_at": lambda row: row.updated_at,
            "assigned_location_id": lambda row: row.location.id,
        },
        lambda row: row.order.name,
    )
    if not include_closed:
        rows = [row for row in rows if row.status not in ("CLOSED", "CANCELLED")]
    by_time = sort_key == "UPDATED_AT"
    return connection(rows, others, lambda row: row.updated_at if by_time else row.id)


@field_of("QueryRoot")
def refund(_root: Any, info: Any, id: str) -> Any:
    return info.context.store.refund_rows.get(number(id, "Refund"))


@field_of("QueryRoot")
def job(_root: Any, info: Any, id: str) -> Any:
    jobs = info.context.store.jobs
    return {"id": id, "done": jobs[id].is_set()} if id in jobs else None


# === PRODUCTS AND PLACES ===
@field_of("QueryRoot")
def shop(_root: Any, info: Any) -> Any:
    return info.context.store


@field_of("QueryRoot")
def location(_root: Any, info: Any, id: str | None = None) -> Any:
    rows = info.context.store.locations
    return rows.get(number(id, "Location")) if id else next(iter(rows.values()))


@field_of("QueryRoot")
def locations(_root, info, sort_key, include_inactive=False, query=None, **arguments):
    rows = [
        row
        for row in info.context.store.locations.values()
        if row.is_active or include_inactive
    ]
    fields = {"name": lambda row: row.name, "id": lambda row: row.id}
    rows = found(info, rows, query, fields, lambda row: row.name)
    by_name = sort_key == "NAME"
    return connection(rows, arguments, lambda row: row.name if by_name else row.id)


@field_of("QueryRoot")
def product_variant(_root: Any, info: Any, id: str) -> Any:
    return info.context.store.variants.get(number(id, "ProductVariant"))


@field_of("QueryRoot")
def product_variants(_root: Any, info: Any, sort_key: str, query=None, **arguments):
    rows = info.context.store.variants.values()
    rows = found(info, rows, query, _VARIANT_FIELDS, lambda row: row.title)
    return connection(rows, arguments, _VARIANT_SORTS[sort_key])


@field_of("QueryRoot")
def inventory_item(_root: Any, info: Any, id: str) -> Any:
    row = info.context.store.variants.get(number(id, "InventoryItem"))
    return ItemOf(row) if row else None


@field_of("QueryRoot")
def inventory_items(_root: Any, info: Any, query: str | None = None, **arguments: Any):
    rows = info.context.store.variants.values()
    rows = found(info, rows, query, _VARIANT_FIELDS, lambda row: row.sku)
    return connection(map(ItemOf, rows), arguments, lambda row: row.id)


# === NODES ===
@field_of("QueryRoot")
def node(_root: Any, info: Any, id: str) -> Any:
    store = info.context.store
    tables: dict[str, dict[int, Record]] = {
        "Order": store.orders,
        "Fulfillment": store.fulfillments,
        "FulfillmentOrder": store.fulfillment_orders,
        "Refund": store.refund_rows,
        "Location": store.locations,
        "ProductVariant": store.variants,
        "WebhookSubscription": info.context.webhooks.subscriptions,
    }
    for kind, table in tables.items():
        if key := number(id, kind):
            return table.get(key)
    row = store.variants.get(number(id, "Product", "InventoryItem"))
    if not row:
        return None
    return ProductOf(row) if "/Product/" in id else ItemOf(row)


@field_of("QueryRoot")
def nodes(_root: Any, info: Any, ids: list[str]) -> Any:
    return [node(_root, info, id=key) for key in ids]


# === WEBHOOKS ===
@field_of("QueryRoot")
def webhook_subscription(_root: Any, info: Any, id: str) -> Any:
    rows = info.context.webhooks.subscriptions
    return rows.get(number(id, "WebhookSubscription"))


@field_of("QueryRoot")
def webhook_subscriptions(_root, info, topics=None, uri=None, query=None, **arguments):
    rows = [
        row
        for row in info.context.webhooks.subscriptions.values()
        # What the app declares of itself is not listed here.
        if not row.by_app
        and (topics is None or row.topic.replace("/", "_").upper() in topics)
        and (uri is None or row.uri == uri)
    ]
    return connection(rows, arguments, lambda row: row.id)

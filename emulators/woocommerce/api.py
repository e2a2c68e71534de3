# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The part of the REST API (wc/v3) that an order management system needs."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from . import refunds, settings
from .listing import cut, list_orders
from .store import Row, ShopError
from .webhooks import public

if TYPE_CHECKING:
    from .server import Emulator

Answer = tuple[Any, int, dict[str, str]]
# What a caller may change of an order, and of a product.
ORDER_MEMBERS = ("customer_note", "billing", "shipping", "transaction_id")
PRODUCT_MEMBERS = (
    "manage_stock",
    "stock_quantity",
    "regular_price",
    "sale_price",
    "sku",
)


def answer(
    shop: Emulator, request: Request, route: str, query: Row, body: Any
) -> Answer:
    """:raise ShopError: for every refusal"""
    for method, pattern, function in _ROUTES:
        match = re.fullmatch(pattern, route)
        if match and method == request.method:
            return function(shop, query, body, *match.groups())
    raise ShopError(
        "rest_no_route", "No route was found matching the URL and request method.", 404
    )


def _page(rows: list[Row], query: Row) -> Answer:
    found, headers = cut(rows, query)
    return [public(row) for row in found], 200, headers


# === ORDERS ===
def _list_orders(shop: Emulator, query: Row, _body: Any) -> Answer:
    old = bool(shop.faults.take("ignores_modified_after"))
    rows = list_orders(shop.store, query, ignores_modified_after=old)
    found, headers = cut(rows, query)
    shown = copy.deepcopy([public(row) for row in found])
    _drift(shop, found)
    return shown, 200, headers


def _drift(shop: Emulator, found: list[Row]) -> None:
    """Somebody works in the shop between this page and the next one."""
    if found and shop.faults.take("page_drift"):
        shop.store.touch(found[0])
    if found and shop.faults.take("vanish"):
        shop.store.trash(found[0])


def _get_order(shop: Emulator, _query: Row, _body: Any, number: str) -> Answer:
    return public(shop.store.order(int(number))), 200, {}


def _put_order(shop: Emulator, _query: Row, body: Row, number: str) -> Answer:
    order = shop.store.order(int(number))
    before = copy.deepcopy(order)
    if "status" in body:
        shop.store.set_status(order, body["status"])
    order |= {key: body[key] for key in ORDER_MEMBERS if key in body}
    for meta in body.get("meta_data") or ():
        _set_meta(shop, order, meta)
    shop.store.touch(order, before)
    return public(order), 200, {}


def _set_meta(shop: Emulator, order: Row, meta: Row) -> None:
    """By id, else by key: what is there is written over."""
    known = next((row for row in order["meta_data"] if row["key"] == meta["key"]), None)
    if known:
        known["value"] = meta["value"]
    else:
        row = {"id": shop.store.next_id(), "key": meta["key"], "value": meta["value"]}
        order["meta_data"].append(row)


def _delete_order(shop: Emulator, query: Row, _body: Any, number: str) -> Answer:
    order = shop.store.order(int(number))
    shown = public(copy.deepcopy(order))
    if query.get("force") == "true":
        del shop.store.orders[order["id"]]
        shop.store.publish("order.deleted", order, None)
    elif order["status"] == "trash":
        raise ShopError(
            "woocommerce_rest_already_trashed", "The order is already deleted.", 410
        )
    else:
        shop.store.trash(order)
    return shown, 200, {}


def _list_notes(shop: Emulator, _query: Row, _body: Any, number: str) -> Answer:
    order = shop.store.order(int(number))
    return shop.store.notes.get(order["id"], []), 200, {}


def _add_note(shop: Emulator, _query: Row, body: Row, number: str) -> Answer:
    order = shop.store.order(int(number))
    note = {
        "id": shop.store.next_id(),
        "author": "WooCommerce",
        **shop.store.stamp("created", shop.store.clock()),
        "note": str(body.get("note") or ""),
        "customer_note": bool(body.get("customer_note")),
    }
    shop.store.notes.setdefault(order["id"], []).insert(0, note)
    return note, 201, {}


def _list_refunds(shop: Emulator, query: Row, _body: Any, number: str) -> Answer:
    order = shop.store.order(int(number))
    return _page(shop.store.refunds.get(order["id"], [])[::-1], query)


def _add_refund(shop: Emulator, _query: Row, body: Row, number: str) -> Answer:
    order = shop.store.order(int(number))
    return refunds.make(shop.store, order, body), 201, {}


# === THE PLUGIN FOR PARCELS ===
def _list_trackings(shop: Emulator, _query: Row, _body: Any, number: str) -> Answer:
    _check_plugin(shop)
    order = shop.store.order(int(number))
    return shop.store.trackings.get(order["id"], []), 200, {}


def _add_tracking(shop: Emulator, _query: Row, body: Row, number: str) -> Answer:
    _check_plugin(shop)
    order = shop.store.order(int(number))
    row = {
        "tracking_id": f"{shop.store.next_id():032x}",
        "tracking_provider": body.get("custom_tracking_provider") or "",
        "tracking_link": body.get("custom_tracking_link") or "",
        "tracking_number": body.get("tracking_number") or "",
        "date_shipped": shop.store.clock().date().isoformat(),
    }
    shop.store.trackings.setdefault(order["id"], []).append(row)
    return row, 201, {}


def _check_plugin(shop: Emulator) -> None:
    if not shop.store.has_tracking_plugin:
        raise ShopError(
            "rest_no_route",
            "No route was found matching the URL and request method.",
            404,
        )


# === PRODUCTS ===
def _list_products(shop: Emulator, query: Row, _body: Any) -> Answer:
    rows = list(shop.store.products.values())
    if "sku" in query:
        # Several by comma; the whole text counts as one, too. Variations are found.
        skus = {query["sku"], *query["sku"].split(",")}
        rows = [row for row in rows if row["sku"] in skus]
    else:
        rows = [row for row in rows if row["type"] != "variation"]
    if "include" in query:
        rows = [row for row in rows if str(row["id"]) in query["include"].split(",")]
    return _page(rows, query)


def _find_product(shop: Emulator, number: Any, parent: Any = 0) -> Row:
    row = shop.store.products.get(int(number))
    if row is None or (parent and row["parent_id"] != int(parent)):
        raise ShopError("woocommerce_rest_product_invalid_id", "Invalid ID.", 404)
    return row


def _get_product(shop: Emulator, _query: Row, _body: Any, number: str) -> Answer:
    return _find_product(shop, number), 200, {}


def _get_variation(shop: Emulator, _q: Row, _body: Any, parent: str, number: str):
    return _find_product(shop, number, parent), 200, {}


def _change_product(shop: Emulator, body: Row, number: Any, parent: Any = 0) -> Row:
    row = _find_product(shop, number, parent)
    if row["type"] == "variation" and not parent:
        raise ShopError(
            "woocommerce_rest_invalid_product_id",
            "To manipulate product variations you should use the "
            "/products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.",
            404,
        )
    row |= {key: body[key] for key in PRODUCT_MEMBERS if key in body}
    if "regular_price" in body:
        row["price"] = row["sale_price"] or row["regular_price"]
    return row


def _put_product(shop: Emulator, _query: Row, body: Row, number: str) -> Answer:
    return _change_product(shop, body, number), 200, {}


def _put_variation(shop: Emulator, _q: Row, body: Row, parent: str, number: str):
    return _change_product(shop, body, number, parent), 200, {}


def _batch_products(
    shop: Emulator, _query: Row, body: Row, parent: str = "0"
) -> Answer:
    rows = body.get("update") or []
    if len(rows) > 100:
        raise ShopError(
            "woocommerce_rest_request_entity_too_large",
            "Unable to accept more than 100 items for this request.",
            413,
        )
    return {"update": [_try_change(shop, row, parent) for row in rows]}, 200, {}


def _try_change(shop: Emulator, row: Row, parent: str) -> Row:
    """A row that is refused has its error in an answer that is 200."""
    try:
        return _change_product(shop, row, row["id"], int(parent or 0))
    except ShopError as error:
        said = {"code": error.code, "message": error.message, "data": {"status": 400}}
        return {"id": row["id"], "error": said}


def _list_variations(shop: Emulator, query: Row, _body: Any, number: str) -> Answer:
    parent = _find_product(shop, number)
    return _page([shop.store.products[key] for key in parent["variations"]], query)


# === WEBHOOKS ===
def _list_webhooks(shop: Emulator, query: Row, _body: Any) -> Answer:
    status = query.get("status", "all")
    rows = [r for r in shop.webhooks.rows.values() if status in ("all", r["status"])]
    return _page(rows, query)


def _add_webhook(shop: Emulator, _query: Row, body: Row) -> Answer:
    return public(shop.webhooks.create(body)), 201, {}


def _put_webhook(shop: Emulator, _query: Row, body: Row, number: str) -> Answer:
    row = shop.webhooks.rows.get(int(number))
    if row is None:
        raise ShopError("woocommerce_rest_shop_webhook_invalid_id", "Invalid ID.", 404)
    return public(shop.webhooks.change(row, body)), 200, {}


_V3, _ORDER = "/wc/v3", r"/wc/v3/orders/(\d+)"
_PRODUCT, _TRACKINGS = (
    r"/wc/v3/products/(\d+)",
    (r"/wc-shipment-tracking/v3/orders/(\d+)/shipment-trackings"),
)
_ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("GET", f"{_V3}/orders", _list_orders),
    ("GET", _ORDER, _get_order),
    ("PUT", _ORDER, _put_order),
    ("DELETE", _ORDER, _delete_order),
    ("GET", f"{_ORDER}/notes", _list_notes),
    ("POST", f"{_ORDER}/notes", _add_note),
    ("GET", f"{_ORDER}/refunds", _list_refunds),
    ("POST", f"{_ORDER}/refunds", _add_refund),
    ("GET", _TRACKINGS, _list_trackings),
    ("POST", _TRACKINGS, _add_tracking),
    ("GET", f"{_V3}/products", _list_products),
    ("POST", f"{_V3}/products/batch", _batch_products),
    ("GET", _PRODUCT, _get_product),
    ("PUT", _PRODUCT, _put_product),
    ("POST", f"{_PRODUCT}/variations/batch", _batch_products),
    ("GET", f"{_PRODUCT}/variations", _list_variations),
    ("GET", rf"{_PRODUCT}/variations/(\d+)", _get_variation),
    ("PUT", rf"{_PRODUCT}/variations/(\d+)", _put_variation),
    ("GET", f"{_V3}/webhooks", _list_webhooks),
    ("POST", f"{_V3}/webhooks", _add_webhook),
    ("PUT", rf"{_V3}/webhooks/(\d+)", _put_webhook),
    ("GET", f"{_V3}/taxes", settings.list_taxes),
    ("GET", f"{_V3}/payment_gateways", settings.list_gateways),
    ("GET", f"{_V3}/shipping/zones", settings.list_zones),
    ("GET", rf"{_V3}/shipping/zones/(\d+)/methods", settings.list_methods),
    ("GET", f"{_V3}/data/currencies/current", settings.get_currency),
    (
        "GET",
        f"{_V3}/settings/tax/woocommerce_prices_include_tax",
        settings.get_tax_setting,
    ),
)

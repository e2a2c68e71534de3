# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`/_control/`: what a buyer, a merchant or bad luck would do; not the platform's."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from emulators.shopify.catalogue import CatalogueError
from emulators.shopify.faults import UnknownFault

from . import refunds, selling
from .faults import NAMES
from .store import Row, ShopError
from .webhooks import public

if TYPE_CHECKING:
    from .server import Emulator

MOST_AT_ONCE = 10_000
Answer = tuple[Any, int]


def answer(shop: Emulator, request: Request) -> Response:
    for method, pattern, function in _ROUTES:
        match = re.fullmatch(pattern, request.path)
        if not match or method != request.method:
            continue
        try:
            raw = request.get_data(as_text=True)
            body = json.loads(raw) if raw.strip() else {}
            data, status = function(shop, request, body, *match.groups())
        except ShopError as error:
            return _json({"error": error.message}, 404 if error.status == 404 else 422)
        except (CatalogueError, UnknownFault, ValueError, TypeError, KeyError) as error:
            return _json({"error": str(error)}, 422)
        return _json(data, status)
    known = [f"{method} {pattern}" for method, pattern, _function in _ROUTES]
    text = f"There is no {request.method} {request.path}."
    return _json({"error": text, "known": known}, 404)


def _json(data: Any, status: int) -> Response:
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    return Response(text, status, mimetype="application/json")


# === ORDERS ===
def _place(shop: Emulator, request: Request, body: Any) -> Answer:
    count = int(request.args.get("count", 1))
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValueError(f"count is {count}: give a number from 1 to {MOST_AT_ONCE}.")
    with shop.store.lock:
        made = [selling.place(shop.store, dict(body)) for _turn in range(count)]
        return {"orders": [public(row) for row in made]}, 201


def _put(shop: Emulator, _request: Request, body: Any) -> Answer:
    """An order as it is given, in the form of the API: a published sample, say."""
    with shop.store.lock:
        order = copy.deepcopy(body)
        order |= shop.store.stamp("modified", shop.store.clock())
        shop.store.orders[order["id"]] = order
        shop.store.last_id = max(shop.store.last_id, order["id"])
        shop.store.publish("order.created", order, None)
    return public(order), 201


def _list(shop: Emulator, _request: Request, _body: Any) -> Answer:
    with shop.store.lock:
        return {
            "orders": [_show_row(shop, row) for row in shop.store.orders.values()]
        }, 200


def _show(shop: Emulator, _request: Request, _body: Any, number: str) -> Answer:
    with shop.store.lock:
        return _show_row(shop, shop.store.order(int(number))), 200


def _show_row(shop: Emulator, row: Row) -> Row:
    number = row["id"]
    return public(row) | {
        "_refunds": shop.store.refunds.get(number, []),
        "_notes": shop.store.notes.get(number, []),
        "_trackings": shop.store.trackings.get(number, []),
    }


def _act(shop: Emulator, _request: Request, body: Any, number: str, act: str) -> Answer:
    store = shop.store
    with store.lock:
        order = store.order(int(number))
        before = copy.deepcopy(order)
        if act == "refund":
            refunds.by_hand(store, order, body)
        elif act == "trash":
            store.trash(order)
        elif act == "delete":
            del store.orders[order["id"]]
            store.publish("order.deleted", order, None)
        else:
            if "status" in body:
                store.set_status(order, body["status"])
            order |= {k: v for k, v in body.items() if k in order and k != "status"}
            store.touch(order, before)
        return _show_row(shop, order), 200


# === THE SHOP ===
def _state(shop: Emulator, _request: Request, _body: Any) -> Answer:
    store = shop.store
    with store.lock:
        return {
            "shop": shop.url,
            "seed": store.seed,
            "orders": len(store.orders),
            "last_order": next(reversed(store.orders), None),
            "refunds": sum(map(len, store.refunds.values())),
            "faults": shop.faults.state(),
            "webhooks": [public(row) for row in shop.webhooks.rows.values()],
            "has_tracking_plugin": store.has_tracking_plugin,
            "stock": {
                row["sku"]: row["stock_quantity"]
                for row in store.products.values()
                if row["sku"]
            },
        }, 200


def _settings(shop: Emulator, _request: Request, body: Any) -> Answer:
    shop.store.has_tracking_plugin = bool(body.get("tracking_plugin"))
    return {"has_tracking_plugin": shop.store.has_tracking_plugin}, 200


def _faults(shop: Emulator, _request: Request, body: Any) -> Answer:
    shop.faults.set(body)
    return {"faults": shop.faults.state(), "known": NAMES}, 200


def _catalogue(shop: Emulator, _request: Request, body: Any) -> Answer:
    products = body.get("products") if isinstance(body, dict) else body
    with shop.store.lock:
        shop.store.set_catalogue(products)
        return {"products": len(shop.store.products)}, 200


def _reset(shop: Emulator, _request: Request, body: Any) -> Answer:
    with shop.store.lock:
        shop.store.reset(body.get("seed"))
        shop.faults.set({"clear": True})
        shop.webhooks.forget()
    return {"seed": shop.store.seed}, 200


def _health(shop: Emulator, _request: Request, _body: Any) -> Answer:
    return {"status": "pass", "shop": shop.url}, 200


# === WEBHOOKS ===
def _webhooks(shop: Emulator, _request: Request, _body: Any) -> Answer:
    return {"deliveries": list(shop.webhooks.history)}, 200


def _flush(shop: Emulator, _request: Request, body: Any) -> Answer:
    """Run the queue now; with `seconds`, again after what comes late is due."""
    time.sleep(float(body.get("seconds", 0)))
    shop.webhooks.flush()
    return {"deliveries": list(shop.webhooks.history)}, 200


_ORDER = r"/_control/orders/(\d+)"
_ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("POST", r"/_control/orders", _place),
    ("PUT", r"/_control/orders", _put),
    ("GET", r"/_control/orders", _list),
    ("GET", _ORDER, _show),
    ("POST", _ORDER + r"/(update|refund|trash|delete)", _act),
    ("GET", r"/_control/health", _health),
    ("GET", r"/_control/state", _state),
    ("GET", r"/_control/webhooks", _webhooks),
    ("POST", r"/_control/webhooks/flush", _flush),
    ("POST", r"/_control/settings", _settings),
    ("POST", r"/_control/faults", _faults),
    ("POST", r"/_control/catalogue", _catalogue),
    ("POST", r"/_control/reset", _reset),
)

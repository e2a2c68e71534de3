# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`/_control/`: what a buyer, a merchant or bad luck would do; not the platform's."""

from __future__ import annotations

import copy
import time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from werkzeug.wrappers import Request, Response

from emulators.base import control
from emulators.base.control import Answer, Route, read_count

from . import refunds, selling
from .store import Row
from .webhooks import public

if TYPE_CHECKING:
    from .server import Emulator


def answer(shop: Emulator, request: Request) -> Response:
    return control.answer(shop, request, _ROUTES)


# === ORDERS ===
def _place(shop: Emulator, request: Request, body: Any) -> Answer:
    count = read_count(request)
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
    store = shop.store
    if "tracking_plugin" in body:
        store.has_tracking_plugin = bool(body["tracking_plugin"])
    if "zone" in body:
        store.zone = ZoneInfo(body["zone"])
    zone = str(store.zone)
    return {"has_tracking_plugin": store.has_tracking_plugin, "zone": zone}, 200


def _reset(shop: Emulator, _request: Request, body: Any) -> Answer:
    with shop.store.lock:
        shop.store.reset(body.get("seed"))
        shop.faults.set({"clear": True})
        shop.webhooks.forget()
    return {"seed": shop.store.seed}, 200


# === WEBHOOKS ===
def _webhooks(shop: Emulator, _request: Request, _body: Any) -> Answer:
    return {"deliveries": list(shop.webhooks.history)}, 200


def _flush(shop: Emulator, _request: Request, body: Any) -> Answer:
    """Run the queue now; with `seconds`, again after what comes late is due."""
    time.sleep(float(body.get("seconds", 0)))
    shop.webhooks.flush()
    return {"deliveries": list(shop.webhooks.history)}, 200


_ORDER = r"/_control/orders/(\d+)"
_ROUTES: tuple[Route, ...] = (
    ("POST", r"/_control/orders", _place),
    ("PUT", r"/_control/orders", _put),
    ("GET", r"/_control/orders", _list),
    ("GET", _ORDER, _show),
    ("POST", _ORDER + r"/(update|refund|trash|delete)", _act),
    ("GET", r"/_control/state", _state),
    ("GET", r"/_control/webhooks", _webhooks),
    ("POST", r"/_control/webhooks/flush", _flush),
    ("POST", r"/_control/settings", _settings),
    ("POST", r"/_control/reset", _reset),
)

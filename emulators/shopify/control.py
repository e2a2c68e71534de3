# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`/_control/`: what a buyer, a merchant or bad luck would do. No part of Shopify."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from emulators.base import control
from emulators.base.control import Answer, Route, read_count

from . import orders, payload, payouts, pricing, refunds
from .model import Fulfillment, Order, Refund
from .money import text
from .refund_wishes import refund_by_hand
from .shipped_by_hand import ship_by_hand

if TYPE_CHECKING:
    from .server import Emulator


def answer(shop: Emulator, request: Request) -> Response:
    return control.answer(shop, request, _ROUTES)


# === ORDERS ===
def _place(shop: Emulator, request: Request, body: Any) -> Answer:
    count = read_count(request)
    made = []
    for _turn in range(count):
        with shop.store.lock:
            wishes = dict(body)
            if shop.faults.take("deleted_product"):
                wishes["deleted_product"] = True
            made.append(_state(orders.place(shop.store, wishes)))
    return {"count": count, "orders": made}, 201


def _list(shop: Emulator, _request: Request, _body: Any) -> Answer:
    with shop.store.lock:
        return {"orders": [_state(row) for row in shop.store.orders.values()]}, 200


def _show(shop: Emulator, _request: Request, _body: Any, key: str) -> Answer:
    with shop.store.lock:
        row = shop.store.order(key)
        return _state(row) | {"payload": payload.order(shop.store, row)}, 200


def _act(shop: Emulator, _request: Request, body: Any, key: str, action: str) -> Answer:
    with shop.store.lock:
        row = shop.store.order(key)
        if action == "edit":
            orders.edit(shop.store, row, body)
        elif action == "update":
            orders.update(shop.store, row, body)
        elif action == "pay":
            orders.pay(shop.store, row)
        elif action == "fulfill":
            ship_by_hand(shop.store, row, body)
        elif action == "cancel":
            orders.cancel(shop.store, row, **body)
        else:
            made = refund_by_hand(shop.store, row, body)
            refunds.publish(shop.store, row, made)
        return _state(row), 200


def _state(row: Order) -> dict[str, Any]:
    """An order as the shop sees it."""
    unit = row.currencies
    return {
        "id": row.id,
        "gid": row.gid,
        "name": row.name,
        "number": row.number,
        "updated_at": row.updated_at.isoformat(),
        "currency": unit.shop,
        "presentment_currency": unit.presentment,
        "total_price": text(pricing.total(row).shop, unit.shop),
        "current_total_price": text(pricing.current_total(row).shop, unit.shop),
        "financial_status": pricing.financial_status(row),
        "fulfillment_status": pricing.fulfillment_status(row),
        "cancelled_at": row.cancelled_at and row.cancelled_at.isoformat(),
        "tags": row.tags,
        "note": row.note,
        "lines": [
            {
                "id": line.id,
                "sku": line.sku,
                "quantity": line.quantity,
                "current_quantity": line.current_quantity,
                "fulfilled": line.fulfilled,
            }
            for line in row.lines
        ],
        "fulfillments": [_fulfillment_state(made) for made in row.fulfillments],
        "refunds": [_refund_state(made) for made in row.refunds],
    }


def _fulfillment_state(row: Fulfillment) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "location": row.location.name,
        "tracking_company": row.company,
        "tracking_numbers": row.numbers,
        "tracking_urls": row.urls,
        "notified": row.notified,
        "lines": [
            {"sku": part.line.sku, "quantity": part.quantity} for part in row.lines
        ],
    }


def _refund_state(row: Refund) -> dict[str, Any]:
    unit = row.order.currencies
    amount = unit.total(part.amount for part in row.transactions)
    return {
        "id": row.id,
        "amount": text(amount.shop, unit.shop),
        "lines": [
            {"sku": part.line.sku, "quantity": part.quantity} for part in row.lines
        ],
    }


# === PAYOUTS ===
def _pay_out(shop: Emulator, _request: Request, body: Any) -> Answer:
    """Pay out what is due; see `payouts.pay_out` for the wishes."""
    with shop.store.lock:
        made = payouts.pay_out(shop.store, body)
        return {
            "id": made.id,
            "net": str(made.net),
            "transactions": len(payouts.rows_of(shop.store, made)),
        }, 201


# === THE SHOP ===
def _shop(shop: Emulator, _request: Request, _body: Any) -> Answer:
    store = shop.store
    with store.lock:
        return {
            "shop": store.domain,
            "seed": store.seed,
            "orders": len(store.orders),
            "last_order": next(reversed(store.orders), None),
            "fulfillments": len(store.fulfillments),
            "refunds": len(store.refund_rows),
            "faults": shop.faults.state(),
            "bucket": shop.bucket.status(),
            "locations": [
                {"id": row.id, "gid": row.gid, "name": row.name}
                for row in store.locations.values()
            ],
            "subscriptions": [
                {"id": row.id, "topic": row.topic, "uri": row.uri, "by_app": row.by_app}
                for row in shop.webhooks.subscriptions.values()
            ],
            "stock": [
                {
                    "sku": level.variant.sku,
                    "location": level.location.name,
                    "on_hand": level.on_hand,
                    "committed": level.committed,
                    "available": level.available,
                }
                for level in store.levels.values()
            ],
        }, 200


def _reset(shop: Emulator, _request: Request, body: Any) -> Answer:
    with shop.store.lock:
        shop.store.reset(body.get("seed"), taxes_included=body.get("taxes_included"))
        shop.faults.set({"clear": True})
        shop.bucket.resize(shop.bucket.maximum, shop.bucket.restore_rate)
        shop.idempotency.clear()
        shop.webhooks.forget()
    return {"seed": shop.store.seed}, 200


def _bucket(shop: Emulator, _request: Request, body: Any) -> Answer:
    shop.bucket.resize(
        body.get("maximum", shop.bucket.maximum),
        body.get("restore_rate", shop.bucket.restore_rate),
    )
    return shop.bucket.status(), 200


# === WEBHOOKS ===
def _webhooks(shop: Emulator, _request: Request, _body: Any) -> Answer:
    return {"idle": shop.webhooks.idle, "deliveries": shop.webhooks.state()}, 200


def _flush(shop: Emulator, _request: Request, body: Any) -> Answer:
    """Send what waits for a retry now; answers when nothing waits, or in 10 s."""
    limit = time.monotonic() + float(body.get("seconds", 10))
    while not shop.webhooks.idle and time.monotonic() < limit:
        shop.webhooks.flush()
        time.sleep(0.02)
    return {"idle": shop.webhooks.idle, "deliveries": shop.webhooks.state()}, 200


def _subscribe(shop: Emulator, _request: Request, body: Any) -> Answer:
    """What the app would declare in its settings: `{uri, topics}`."""
    topics = body.get("topics") or DEFAULT_TOPICS
    with shop.store.lock:
        for topic in topics:
            shop.webhooks.subscribe(topic, body["uri"], by_app=True)
    return {"topics": list(topics)}, 201


DEFAULT_TOPICS = (
    "orders/create",
    "orders/updated",
    "orders/edited",
    "orders/cancelled",
    "orders/paid",
    "refunds/create",
)
_ORDER = r"/_control/orders/([^/]+)"
_ROUTES: tuple[Route, ...] = (
    ("POST", r"/_control/orders", _place),
    ("GET", r"/_control/orders", _list),
    ("GET", _ORDER, _show),
    ("POST", _ORDER + r"/(edit|update|cancel|refund|pay|fulfill)", _act),
    ("POST", r"/_control/payouts", _pay_out),
    ("GET", r"/_control/state", _shop),
    ("GET", r"/_control/webhooks", _webhooks),
    ("POST", r"/_control/webhooks", _subscribe),
    ("POST", r"/_control/webhooks/flush", _flush),
    ("POST", r"/_control/bucket", _bucket),
    ("POST", r"/_control/reset", _reset),
)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deliveries as Shopify makes them, and what became of them."""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from emulators.shopify import DEFAULT_SECRET

FIXTURES = Path(__file__).parents[1] / "fixtures" / "shopify"
PATIENCE = 90.0


def published_orders() -> list[tuple[str, dict]]:
    """(name of the sample, order) of every order that Shopify has published."""
    found = []
    for path in sorted(FIXTURES.glob("rest.order.*.json")):
        body = json.loads(path.read_text())["response_body"]
        orders = body.get("orders") or [body["order"]]
        found += [(f"{path.stem}.{n}", order) for n, order in enumerate(orders)]
    return found


def sign(body: bytes, secret: str = DEFAULT_SECRET) -> str:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def deliver(
    server, payload: object, *, signature: str = "", topic: str = "orders/create"
) -> tuple[int, dict]:
    """Post a delivery; (status, answer). Bytes are sent as they are."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    request = urllib.request.Request(
        f"{server.url}/oms/webhook/shopify/shop",
        data=body,
        headers={
            "Content-Type": "application/json",
            "X-Shopify-Topic": topic,
            "X-Shopify-Hmac-SHA256": signature or sign(body),
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def wait_until(
    holds: Callable[[], bool], what: str, patience: float = PATIENCE
) -> None:
    """Look again until it is so; jobs run on their own time."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"after {patience:.0f} s still not: {what}"
        time.sleep(0.25)

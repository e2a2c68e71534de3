# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`/_control/`: what a buyer, a merchant or bad luck would do, and no platform."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.wrappers import Request, Response

MOST_AT_ONCE = 10_000
Answer = tuple[Any, int]
Route = tuple[str, str, Callable[..., Answer]]


class Refusal(Exception):
    """What a shop says no with."""

    message: str
    is_missing = False  # there is no such thing


def answer(shop: Any, request: Request, own: Sequence[Route]) -> Response:
    """What the first matching route says; ``own``: those of the platform."""
    routes = (*own, *_ROUTES)
    for method, pattern, function in routes:
        match = re.fullmatch(pattern, request.path)
        if not match or method != request.method:
            continue
        try:
            raw = request.get_data(as_text=True)
            body = json.loads(raw) if raw.strip() else {}
            return _json(*function(shop, request, body, *match.groups()))
        except Refusal as error:
            return _json({"error": error.message}, 404 if error.is_missing else 422)
        except (ValueError, TypeError, KeyError) as error:
            return _json({"error": str(error)}, 422)
    known = [f"{method} {pattern}" for method, pattern, _function in routes]
    text = f"There is no {request.method} {request.path}."
    return _json({"error": text, "known": known}, 404)


def _json(data: Any, status: int) -> Response:
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    return Response(text + "\n", status, mimetype="application/json")


def read_count(request: Request) -> int:
    count = int(request.args.get("count", 1))
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValueError(f"count is {count}: give a number from 1 to {MOST_AT_ONCE}.")
    return count


# === EVERY SHOP'S ===
def _health(shop: Any, _request: Request, _body: Any) -> Answer:
    return {"status": "pass", "shop": shop.url}, 200


def _faults(shop: Any, _request: Request, body: Any) -> Answer:
    shop.faults.set(body)
    return {"faults": shop.faults.state(), "known": shop.faults.names}, 200


def _clock(shop: Any, _request: Request, body: Any) -> Answer:
    """`{"offset": seconds}` that the shop's clock is ahead of ours."""
    shop.store.clock.offset = float(body["offset"])
    return {"offset": shop.store.clock.offset}, 200


def _credentials(shop: Any, _request: Request, body: Any) -> Answer:
    """`{"token": …}`: the shop has given out a new one, and refuses the old one."""
    shop.set_token(str(body["token"]))
    return {}, 200


def _catalogue(shop: Any, _request: Request, body: Any) -> Answer:
    products = body.get("products") if isinstance(body, dict) else body
    with shop.store.lock:
        shop.store.set_catalogue(products)
        return {"products": shop.store.product_count}, 200


_ROUTES: tuple[Route, ...] = (
    ("GET", r"/_control/health", _health),
    ("POST", r"/_control/faults", _faults),
    ("POST", r"/_control/clock", _clock),
    ("POST", r"/_control/credentials", _credentials),
    ("POST", r"/_control/catalogue", _catalogue),
)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP: the REST API of the shop, and `/_control/` for tests and the demo."""

from __future__ import annotations

import json
from datetime import timezone
from typing import Any

from werkzeug.wrappers import Request, Response

from emulators.base.faults import Faults
from emulators.base.server import PAGE, Shop

from . import DEFAULT_KEY, DEFAULT_SECRET, READ_ONLY_KEY, api, control
from .auth import Keys, Unauthorised
from .faults import NAMES
from .store import ShopError, Store
from .webhooks import Webhooks

NOTICE = "<br />\n<b>Notice</b>: Undefined index: total in <b>plugin.php</b><br />\n"
# Before anything happens, the host may answer in place of the shop.
HOST = {
    "throttle": (429, PAGE, {"Retry-After": "1"}),
    "maintenance": (503, PAGE, {}),
    "error_5xx_before": (502, PAGE, {}),
    "html_instead_of_json": (200, PAGE, {}),
    "redirect": (301, "", {"Location": "https://www.example.com/wp-json/wc/v3/"}),
}


class Emulator(Shop):
    """One shop on one port. `with Emulator(port=0) as shop: … shop.url …`"""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        seed: int = 1,
        key: str = DEFAULT_KEY,
        secret: str = DEFAULT_SECRET,
        prices_include_tax: bool = False,
    ) -> None:
        self.key, self.secret = key, secret
        self.keys = Keys({key: (secret, True), READ_ONLY_KEY: (secret, False)})
        self.store = Store(seed, prices_include_tax=prices_include_tax)
        self.faults = Faults(NAMES)
        super().__init__(host, port)
        self.webhooks = Webhooks(self.store, self.faults, self.url)
        self.calls: list[str] = []

    # === REQUESTS ===
    def answer(self, request: Request) -> Response:
        if request.path.startswith("/_control"):
            return control.answer(self, request)
        route = request.args.get("rest_route") if request.path == "/" else None
        if route is None and request.path.startswith("/wp-json/"):
            route = request.path.removeprefix("/wp-json")
        if route is None:
            return Response(PAGE, 404, mimetype="text/html")
        return self._answer(request, route)

    def _answer(self, request: Request, route: str) -> Response:
        subject = f"{request.method} {route}"
        self.calls.append(subject)
        self.be_slow(subject)
        for name, (status, page, headers) in HOST.items():
            if self.faults.take(name, subject):
                return Response(page, status, headers, mimetype="text/html")
        if self.faults.take("fatal_error", subject):
            text = "<p>There has been a critical error on this website.</p>"
            return refuse(ShopError("internal_server_error", text, 500))
        try:
            body, status, headers = self._run(request, route)
        except ShopError as error:
            return refuse(error)
        if self.faults.take("error_5xx_after_effect", subject):
            return Response(PAGE, 502, mimetype="text/html")
        return self._send(subject, body, status, headers)

    def _run(self, request: Request, route: str) -> api.Answer:
        if self.faults.take("invalid_key", f"{request.method} {route}"):
            raise ShopError(
                "woocommerce_rest_authentication_error", "Consumer key is invalid.", 401
            )
        try:
            may_write = self.keys.check(request, self._read_clock())
        except Unauthorised as error:
            raise ShopError(*error.args, 401) from None
        if request.method != "GET" and not may_write:
            raise ShopError(
                "woocommerce_rest_cannot_create",
                "The API key provided does not have write permissions.",
                401,
            )
        text = request.get_data(as_text=True)
        try:
            body = json.loads(text) if text.strip() else {}
        except ValueError:
            raise ShopError(
                "rest_invalid_json", "Invalid JSON body passed.", 400
            ) from None
        with self.store.lock:
            return api.answer(self, request, route, request.args.to_dict(), body)

    def _send(self, subject: str, body: Any, status: int, headers) -> Response:
        text = json.dumps(body, ensure_ascii=False)
        if self.faults.take("php_notice", subject):
            text = NOTICE + text
        response = Response(text, status, headers, mimetype="application/json")
        return self.cut_off(response, subject)

    def set_token(self, token: str) -> None:
        self.secret = token
        self.keys.secrets[self.key] = (token, True)

    def _read_clock(self) -> int:
        return int(self.store.clock().replace(tzinfo=timezone.utc).timestamp())


def refuse(error: ShopError) -> Response:
    data: dict[str, Any] = {"status": error.status}
    if error.params:
        data["params"] = error.params
    said = {"code": error.code, "message": error.message, "data": data}
    return Response(json.dumps(said), error.status, mimetype="application/json")

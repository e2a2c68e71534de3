# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP: the Admin API of the shop, and `/_control/` for tests and the demo."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Sequence
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from emulators.base.faults import Faults
from emulators.base.server import PAGE, Shop

from . import API_VERSION, DEFAULT_SECRET, DEFAULT_TOKEN, control
from .bucket import Bucket
from .faults import NAMES
from .graphql import engine
from .graphql.resolving import Context
from .graphql.schema import admin_schema
from .store import Store
from .webhooks import RETRY_DELAYS, Webhooks

_API = re.compile(r"/admin/api/([^/]+)/graphql\.json")
_OLDER = re.compile(r"20\d\d-(01|04|07|10)")
_TOKEN_REFUSED = {
    "errors": "[API] Invalid API key or access token "
    "(unrecognized login or wrong password)"
}


class Emulator(Shop):
    """One shop on one port. `with Emulator(port=0) as shop: … shop.url …`"""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        seed: int = 1,
        token: str = DEFAULT_TOKEN,
        secret: str = DEFAULT_SECRET,
        retry_delays: Sequence[float] = RETRY_DELAYS,
        cancel_delay: float = 0.1,
        taxes_included: bool = False,
    ) -> None:
        self.token = token
        self.store = Store(seed, taxes_included=taxes_included)
        self.faults = Faults(NAMES)
        self.bucket = Bucket()
        self.webhooks = Webhooks(
            self.store, self.faults, secret, retry_delays=retry_delays
        )
        self.idempotency: dict[str, tuple[str, Any]] = {}
        admin_schema()  # built now: the first request should not wait for it
        self.cancel_delay = cancel_delay
        super().__init__(host, port)
        self.api = f"{self.url}/admin/api/{API_VERSION}/graphql.json"

    # === REQUESTS ===
    def answer(self, request: Request) -> Response:
        try:
            if request.path.startswith("/_control"):
                return control.answer(self, request)
            match = _API.fullmatch(request.path)
            if not match:
                return reply({"errors": "Not Found"}, 404)
            return self._admin(request, match[1])
        except HTTPException as error:
            return reply({"errors": error.description}, error.code or 500)

    def _admin(self, request: Request, version: str) -> Response:
        # What is older than all that is supported is answered by the oldest one.
        if not _OLDER.fullmatch(version) or version > API_VERSION:
            return reply({"errors": "Not Found"}, 404)
        subject = request.get_data(as_text=True)
        token = request.headers.get("X-Shopify-Access-Token", "")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return reply(_TOKEN_REFUSED, 401)
        if request.method != "POST":
            return reply({"errors": "Method Not Allowed"}, 405)
        refused = self._fault_before(subject)
        if refused:
            return refused
        try:
            call = json.loads(subject)
        except ValueError:
            return reply(
                {"errors": {"query": "Required parameter missing or invalid"}}, 400
            )
        with self.store.lock:
            context = Context(
                self.store,
                self.webhooks,
                self.faults,
                self.idempotency,
                self.cancel_delay,
            )
            body = engine.run(context, self.bucket, call)
        return self._fault_after(subject) or self._sent(subject, body)

    def set_token(self, token: str) -> None:
        self.token = token

    # === FAULTS ===
    def _fault_before(self, subject: str) -> Response | None:
        self.be_slow(subject)
        if self.faults.take("expired_token", subject):
            return reply(_TOKEN_REFUSED, 401)
        if self.faults.take("error_5xx_before", subject):
            return reply({"errors": "Service Unavailable"}, 503)
        if self.faults.take("html_instead_of_json", subject):
            return Response(PAGE, 200, mimetype="text/html")
        return None

    def _fault_after(self, subject: str) -> Response | None:
        if self.faults.take("error_5xx_after_effect", subject):
            return Response(PAGE, 502, mimetype="text/html")
        return None

    def _sent(self, subject: str, body: Any) -> Response:
        response = reply(body)
        response.headers["X-Shopify-API-Version"] = API_VERSION
        response.headers["X-Shopify-Shop-Domain"] = self.store.domain
        return self.cut_off(response, subject)


def reply(body: Any, status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, mimetype="application/json")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP: the Admin API of the shop, and `/_control/` for tests and the demo."""

from __future__ import annotations

import hmac
import json
import re
import threading
import time
from collections.abc import Sequence
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from . import API_VERSION, DEFAULT_SECRET, DEFAULT_TOKEN, control
from .bucket import Bucket
from .faults import Faults
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
_PAGE = "<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>"


class _Handler(WSGIRequestHandler):
    def log_request(self, *_arguments: Any) -> None:
        """Silent: a demo's terminal belongs to the one who runs it."""


class Emulator:
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
        self.faults = Faults()
        self.bucket = Bucket()
        self.webhooks = Webhooks(
            self.store, self.faults, secret, retry_delays=retry_delays
        )
        self.idempotency: dict[str, tuple[str, Any]] = {}
        admin_schema()  # built now: the first request should not wait for it
        self.cancel_delay = cancel_delay
        self.server: BaseWSGIServer = make_server(
            host, port, self.application, threaded=True, request_handler=_Handler
        )
        self.url = f"http://{host}:{self.server.port}"
        self.api = f"{self.url}/admin/api/{API_VERSION}/graphql.json"

    # === LIFE ===
    def start(self) -> Emulator:
        thread = threading.Thread(
            target=self.server.serve_forever, args=(0.05,), daemon=True
        )
        thread.start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.webhooks.stop()

    def __enter__(self) -> Emulator:  # noqa: PYI034 - Self came with Python 3.11
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    # === REQUESTS ===
    @Request.application
    def application(self, request: Request) -> Response:
        request.get_data()  # read it all, so that a refusal does not reset the line
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

    # === FAULTS ===
    def _fault_before(self, subject: str) -> Response | None:
        if slow := self.faults.take("slow", subject):
            time.sleep(slow.seconds)
        if self.faults.take("expired_token", subject):
            return reply(_TOKEN_REFUSED, 401)
        if self.faults.take("error_5xx_before", subject):
            return reply({"errors": "Service Unavailable"}, 503)
        if self.faults.take("html_instead_of_json", subject):
            return Response(_PAGE, 200, mimetype="text/html")
        return None

    def _fault_after(self, subject: str) -> Response | None:
        if self.faults.take("error_5xx_after_effect", subject):
            return Response(_PAGE, 502, mimetype="text/html")
        return None

    def _sent(self, subject: str, body: Any) -> Response:
        response = reply(body)
        response.headers["X-Shopify-API-Version"] = API_VERSION
        response.headers["X-Shopify-Shop-Domain"] = self.store.domain
        if self.faults.take("truncated_body", subject):
            whole = response.get_data()
            response.set_data(whole[: len(whole) // 2])
            response.headers["Content-Length"] = str(len(whole))
            response.automatically_set_content_length = False
        return response


def reply(body: Any, status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, mimetype="application/json")

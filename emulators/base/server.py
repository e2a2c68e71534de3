# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A shop on a port: how it lives, and how its answers are spoilt."""

from __future__ import annotations

import threading
import time
from typing import Any

from werkzeug.http import http_date
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from .faults import Faults

PAGE = "<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>"


class _Handler(WSGIRequestHandler):
    def log_request(self, *_arguments: Any) -> None:
        """Silent: a demo's terminal belongs to the one who runs it."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Override, for the header `Date`: the shop's clock tells the time."""
        return http_date(self.server.shop.store.clock())


class Shop:
    """One shop on one port. `with Emulator(port=0) as shop: … shop.url …`"""

    store: Any
    webhooks: Any
    faults: Faults

    def __init__(self, host: str, port: int) -> None:
        self.server: BaseWSGIServer = make_server(
            host, port, self._serve, threaded=True, request_handler=_Handler
        )
        self.server.shop = self
        self.url = f"http://{host}:{self.server.port}"

    # === LIFE ===
    def start(self):
        thread = threading.Thread(
            target=self.server.serve_forever, args=(0.05,), daemon=True
        )
        thread.start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.webhooks.stop()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    # === REQUESTS ===
    @Request.application
    def _serve(self, request: Request) -> Response:
        request.get_data()  # read it all, so that a refusal does not reset the line
        return self.answer(request)

    def answer(self, request: Request) -> Response:
        raise NotImplementedError

    def set_token(self, token: str) -> None:
        """Know callers by this one from now on, and by no former one."""
        raise NotImplementedError

    # === FAULTS ===
    def be_slow(self, subject: str) -> None:
        if slow := self.faults.take("slow", subject):
            time.sleep(slow.seconds)

    def cut_off(self, response: Response, subject: str) -> Response:
        """The body ends in the middle of what its length has announced."""
        if self.faults.take("truncated_body", subject):
            whole = response.get_data()
            response.set_data(whole[: len(whole) // 2])
            response.headers["Content-Length"] = str(len(whole))
            response.automatically_set_content_length = False
        return response

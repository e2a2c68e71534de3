# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A shop on a free port, somebody who calls it, and somebody whom it calls."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from emulators.shopify.server import Emulator

RETRIES = (0.02,) * 8


class Client:
    """Speaks HTTP to the emulator, with nothing of the connector in between."""

    def __init__(self, shop: Emulator) -> None:
        self.shop = shop
        self.token = shop.token

    def send(self, path: str, body: Any = None, **headers: str):
        """(status, headers, text); a body makes it a POST."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.shop.url + path, data, headers)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def call(self, document: str, /, **variables: Any):
        """The whole GraphQL answer."""
        status, _headers, text = self.send(
            "/admin/api/2026-10/graphql.json",
            {"query": document, "variables": variables},
            **{"X-Shopify-Access-Token": self.token},
        )
        assert status == 200, text
        return json.loads(text)

    def ask(self, document: str, /, **variables: Any):
        """The data of an answer that has no errors."""
        answer = self.call(document, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def control(self, path: str, body: Any = None):
        status, _headers, text = self.send(f"/_control/{path}", body)
        assert status < 300, text
        return json.loads(text)

    def place(self, count: int = 1, **wishes: Any) -> list[dict[str, Any]]:
        return self.control(f"orders?count={count}", wishes)["orders"]

    def place_plain(self, **wishes: Any) -> dict[str, Any]:
        lines = wishes.pop("lines", [{"sku": "JACKET-M", "quantity": 3}])
        return self.place(plain=True, lines=lines, **wishes)[0]


@pytest.fixture
def shop():
    with Emulator(seed=7, retry_delays=RETRIES, cancel_delay=0.01) as emulator:
        emulator.store.set_catalogue(
            [
                {"sku": "JACKET-M", "title": "Rain Jacket M", "price": "129.00"},
                {"sku": "007-LAMP", "title": "Head Lamp", "price": "39.95"},
                {"sku": "TENT 2P/GRN", "title": "Tent", "price": "249.00"},
                {"sku": "4711", "title": "Soap", "price": "4.99", "taxable": False},
                {
                    "sku": "EBOOK",
                    "title": "Book",
                    "price": "9.99",
                    "requires_shipping": False,
                },
            ]
        )
        yield emulator


@pytest.fixture
def client(shop):
    return Client(shop)


@pytest.fixture
def inbox():
    """Somebody who receives webhooks; `answers` are given first, then 200."""
    received: list[SimpleNamespace] = []
    answers: list[int] = []
    arrived = threading.Condition()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            with arrived:
                received.append(
                    SimpleNamespace(headers=self.headers, raw=raw, body=json.loads(raw))
                )
                status = answers.pop(0) if answers else 200
                arrived.notify_all()
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def wait(count: int, topic: str = "") -> list[SimpleNamespace]:
        def found() -> list[SimpleNamespace]:
            return [row for row in received if topic in row.headers["X-Shopify-Topic"]]

        with arrived:
            arrived.wait_for(lambda: len(found()) >= count, timeout=10)
        assert len(found()) >= count, f"{len(found())} of {count} webhooks came"
        return found()

    yield SimpleNamespace(
        url=f"http://127.0.0.1:{server.server_port}/hook",
        received=received,
        answers=answers,
        wait=wait,
    )
    server.shutdown()
    server.server_close()

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""python -m emulators.woocommerce --port 8971 --traffic 20 --webhook http://…"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from . import DEFAULT_KEY, DEFAULT_SECRET, WEBHOOK_SECRET
from .memory import Memory
from .server import Emulator
from .traffic import FIRST_ORDERS, Traffic
from .webhooks import ORDER


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m emulators.woocommerce",
        description="A local shop that speaks WooCommerce's REST API.",
    )
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, required=True, help="0: any free port")
    made.add_argument("--seed", type=int, default=1, help="same seed, same orders")
    made.add_argument("--key", default=DEFAULT_KEY, help="consumer key")
    made.add_argument("--secret", default=DEFAULT_SECRET, help="consumer secret")
    made.add_argument("--webhook", metavar="URL", help="gets the topics of orders")
    made.add_argument("--webhook-secret", default=WEBHOOK_SECRET, help="signs them")
    made.add_argument(
        "--traffic",
        type=float,
        metavar="SECONDS",
        help="sell, with pauses from this on",
    )
    made.add_argument("--first", type=int, default=FIRST_ORDERS, metavar="N")
    made.add_argument("--wait-for", metavar="URL", help="do not sell before it answers")
    made.add_argument(
        "--state", type=Path, metavar="FILE", help="remember the shop here"
    )
    made.add_argument("--taxes-included", action="store_true")
    return made


def main(arguments: list[str] | None = None) -> int:
    wishes = parser().parse_args(arguments)
    try:
        shop = _opened(wishes)
    except (OSError, SystemExit) as error:
        print(
            f"woocommerce: port {wishes.port} cannot be used: {error}", file=sys.stderr
        )
        return 1
    memory = Memory(wishes.state, shop.webhooks) if wishes.state else None
    if memory:
        memory.load()
        memory.keep()
    for topic in ORDER if wishes.webhook else ():
        wish = {"topic": topic, "delivery_url": wishes.webhook}
        shop.webhooks.create(wish | {"secret": wishes.webhook_secret}, ping=False)
    shop.start()
    print(f"woocommerce: {shop.url}", flush=True)
    traffic = None
    if wishes.traffic:
        wait_for = wishes.wait_for or _host(wishes.webhook)
        traffic = Traffic(
            shop.store, wishes.traffic, wait_for=wait_for, first=wishes.first
        )
        traffic.start()
    _wait_for_signal()
    if traffic:
        traffic.stop()
    shop.stop()
    if memory:
        memory.stop()
    return 0


def _opened(wishes: argparse.Namespace) -> Emulator:
    return Emulator(
        host=wishes.host,
        port=wishes.port,
        seed=wishes.seed,
        key=wishes.key,
        secret=wishes.secret,
        prices_include_tax=wishes.taxes_included,
    )


def _host(url: str | None) -> str | None:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}/" if url else None


def _wait_for_signal() -> None:
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_received: asked.set())
    asked.wait()


if __name__ == "__main__":
    sys.exit(main())

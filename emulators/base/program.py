# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What `python -m emulators.…` does, whatever the shop."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from .memory import Memory
from .server import Shop
from .traffic import Traffic


def make_parser(name: str, description: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog=f"python -m emulators.{name}", description=description
    )
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, required=True, help="0: any free port")
    made.add_argument("--seed", type=int, default=1, help="same seed, same orders")
    made.add_argument("--webhook", metavar="URL", help="gets the topics of orders")
    made.add_argument(
        "--traffic",
        type=float,
        metavar="SECONDS",
        help="sell, with pauses from this on",
    )
    made.add_argument(
        "--first",
        type=int,
        metavar="N",
        help="orders that are there when the selling starts",
    )
    made.add_argument(
        "--wait-for",
        metavar="URL",
        help="do not sell before this answers (default: the webhook's host)",
    )
    made.add_argument(
        "--state", type=Path, metavar="FILE", help="remember the shop here"
    )
    made.add_argument("--taxes-included", action="store_true")
    return made


def run(
    name: str,
    wishes: argparse.Namespace,
    open_shop: Callable[[argparse.Namespace], Shop],
    subscribe: Callable[[Shop, argparse.Namespace], None],
    memory_type: type[Memory],
    traffic_type: type[Traffic],
) -> int:
    """Serve until a signal; the exit status."""
    asked = _listen_for_signals()
    try:
        shop = open_shop(wishes)
    except (OSError, SystemExit) as error:
        print(f"{name}: port {wishes.port} cannot be used: {error}", file=sys.stderr)
        return 1
    memory = memory_type(wishes.state, shop.webhooks) if wishes.state else None
    if memory:
        memory.load()
        memory.keep()
    if wishes.webhook:
        subscribe(shop, wishes)
    shop.start()
    print(f"{name}: {shop.url}", flush=True)
    traffic = None
    if wishes.traffic:
        wait_for = wishes.wait_for or _host(wishes.webhook)
        traffic = traffic_type(
            shop.store, wishes.traffic, wait_for=wait_for, first=wishes.first
        )
        traffic.start()
    asked.wait()
    for part in (traffic, shop, memory):
        if part:
            part.stop()
    return 0


def _host(url: str | None) -> str | None:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}/" if url else None


def _listen_for_signals() -> threading.Event:
    """Set by the first one, also if it comes before anybody waits."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_received: asked.set())
    return asked

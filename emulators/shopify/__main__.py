# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""python -m emulators.shopify --port 8090 --traffic 6 --webhook http://…"""

from __future__ import annotations

import argparse
import sys

from emulators.base import program

from . import DEFAULT_SECRET, DEFAULT_TOKEN
from .control import DEFAULT_TOPICS
from .memory import Memory
from .server import Emulator
from .traffic import Traffic
from .webhooks import RETRY_DELAYS

NAME = "shopify"


def make_parser() -> argparse.ArgumentParser:
    made = program.make_parser(
        NAME, "A local shop that speaks Shopify's Admin GraphQL API."
    )
    made.add_argument("--token", default=DEFAULT_TOKEN, help="access token of the API")
    made.add_argument("--secret", default=DEFAULT_SECRET, help="signs the webhooks")
    made.add_argument("--retry-delays", metavar="S,S,…", help="seconds between retries")
    return made


def main(arguments: list[str] | None = None) -> int:
    wishes = make_parser().parse_args(arguments)
    return program.run(NAME, wishes, _open, _subscribe, Memory, Traffic)


def _open(wishes: argparse.Namespace) -> Emulator:
    delays = RETRY_DELAYS
    if wishes.retry_delays:
        delays = tuple(float(part) for part in wishes.retry_delays.split(","))
    return Emulator(
        host=wishes.host,
        port=wishes.port,
        seed=wishes.seed,
        token=wishes.token,
        secret=wishes.secret,
        retry_delays=delays,
        taxes_included=wishes.taxes_included,
    )


def _subscribe(shop: Emulator, wishes: argparse.Namespace) -> None:
    for topic in DEFAULT_TOPICS:
        shop.webhooks.subscribe(topic, wishes.webhook, by_app=True)


if __name__ == "__main__":
    sys.exit(main())

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""python -m emulators.woocommerce --port 8971 --traffic 20 --webhook http://…"""

from __future__ import annotations

import argparse
import sys

from emulators.base import program

from . import DEFAULT_KEY, DEFAULT_SECRET, WEBHOOK_SECRET
from .memory import Memory
from .server import Emulator
from .traffic import Traffic
from .webhooks import ORDER

NAME = "woocommerce"


def make_parser() -> argparse.ArgumentParser:
    made = program.make_parser(NAME, "A local shop that speaks WooCommerce's REST API.")
    made.add_argument("--key", default=DEFAULT_KEY, help="consumer key")
    made.add_argument("--secret", default=DEFAULT_SECRET, help="consumer secret")
    made.add_argument("--webhook-secret", default=WEBHOOK_SECRET, help="signs webhooks")
    return made


def main(arguments: list[str] | None = None) -> int:
    wishes = make_parser().parse_args(arguments)
    return program.run(NAME, wishes, _open, _subscribe, Memory, Traffic)


def _open(wishes: argparse.Namespace) -> Emulator:
    return Emulator(
        host=wishes.host,
        port=wishes.port,
        seed=wishes.seed,
        key=wishes.key,
        secret=wishes.secret,
        prices_include_tax=wishes.taxes_included,
    )


def _subscribe(shop: Emulator, wishes: argparse.Namespace) -> None:
    for topic in ORDER:
        wish = {"topic": topic, "delivery_url": wishes.webhook}
        shop.webhooks.create(wish | {"secret": wishes.webhook_secret}, ping=False)


if __name__ == "__main__":
    sys.exit(main())

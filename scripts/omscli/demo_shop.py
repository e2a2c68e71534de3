# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demo's shops: emulators, each selling to a channel of the demo data."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from .databases import Databases
from .paths import CACHE, LOGS, PYTHON, ROOT
from .processes import free_port, port_is_free, start, terminate, wait_until_answers


@dataclass(frozen=True)
class Kind:
    """One of the demo's shops: ``code`` is that of its channel.

    ``port`` is the one that the channel's demo data names; another one is written to
    the channel. ``pause``: seconds between two orders, to begin with; a shop slows
    down by itself.
    """

    code: str
    platform: str
    port: int
    pause: int

    @property
    def package(self) -> Path:
        return ROOT / "emulators" / self.platform

    @property
    def log(self) -> Path:
        return LOGS / f"demo-{self.code}.log"

    @property
    def state(self) -> Path:
        """What the shop has sold: it goes on from there, as the database does."""
        return CACHE / f"demo-{self.code}.json"


SHOPIFY = Kind("shop", "shopify", 8970, 6)
WOOCOMMERCE = Kind("woo", "woocommerce", 8971, 25)
KINDS = (SHOPIFY, WOOCOMMERCE)


class DemoShop:
    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"


def is_there(kind: Kind = SHOPIFY) -> bool:
    return (kind.package / "__main__.py").is_file()


def free_shop_port(kind: Kind = SHOPIFY) -> int:
    return kind.port if port_is_free(kind.port) else free_port()


def tell_channel(
    databases: Databases, database: str, port: int, kind: Kind = SHOPIFY
) -> None:
    """Writes the shop's address to its channel, if that names a local one."""
    address = f"http://127.0.0.1:{port}"
    update = f"""
        UPDATE oms_channel SET shop_url = '{address}' WHERE code = '{kind.code}'
        AND shop_url LIKE 'http://127.0.0.1:%' AND shop_url != '{address}'
    """  # noqa: S608 - a number and a word of ours
    databases.query(update, database)


def start_demo_shop(
    odoo_url: str,
    port: int,
    *,
    kind: Kind = SHOPIFY,
    traffic: bool = False,
    state: Path | None = None,
) -> DemoShop:
    """Starts the emulator, its webhooks directed at the channel.

    :raise Stop: if it does not start.
    """
    kind.log.unlink(missing_ok=True)
    command = [
        PYTHON, "-m", f"emulators.{kind.platform}", "--port", port,
        "--webhook", f"{odoo_url}/oms/webhook/{kind.platform}/{kind.code}",
        "--wait-for", f"{odoo_url}/web/health",
        *(["--traffic", kind.pause] if traffic else []),
        *(["--state", state] if state else []),
    ]  # fmt: skip
    process = start(command, kind.log, cwd=ROOT)
    shop = DemoShop(process, port)
    try:
        wait_until_answers(
            f"{shop.url}/_control/state", process, "The shop", kind.log, 20
        )
    except BaseException:
        terminate(process)
        raise
    return shop

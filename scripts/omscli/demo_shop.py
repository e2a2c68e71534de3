# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demo shop: the Shopify emulator, selling to the channel `shop`."""

import subprocess
from pathlib import Path

from .databases import Databases
from .paths import CACHE, LOGS, PYTHON, ROOT
from .processes import free_port, port_is_free, start, terminate, wait_until_answers

PACKAGE = ROOT / "emulators" / "shopify"
LOG = LOGS / "demo-shop.log"
# What the shop has sold: it goes on from there, as the database does.
STATE = CACHE / "demo-shop.json"
# The one that the channel's demo data names; another one is written to the channel.
PORT = 8970
# Seconds between two orders, to begin with; the shop slows down by itself.
PAUSE = 6


class DemoShop:
    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"


def is_there() -> bool:
    return (PACKAGE / "__main__.py").is_file()


def free_shop_port() -> int:
    return PORT if port_is_free(PORT) else free_port()


def tell_channel(databases: Databases, database: str, port: int) -> None:
    """Writes the shop's address to the channel `shop`, if it names a local one."""
    address = f"http://127.0.0.1:{port}"
    update = f"""
        UPDATE oms_channel SET shop_url = '{address}' WHERE code = 'shop'
        AND shop_url LIKE 'http://127.0.0.1:%' AND shop_url != '{address}'
    """  # noqa: S608 - a number of ours
    databases.query(update, database)


def start_demo_shop(
    odoo_url: str, port: int, *, traffic: bool = False, state: Path | None = None
) -> DemoShop:
    """Starts the emulator, its webhooks directed at the channel `shop`.

    :raise Stop: if it does not start.
    """
    LOG.unlink(missing_ok=True)
    command = [
        PYTHON, "-m", "emulators.shopify", "--port", port,
        "--webhook", f"{odoo_url}/oms/webhook/shopify/shop",
        "--wait-for", f"{odoo_url}/web/health",
        *(["--traffic", PAUSE] if traffic else []),
        *(["--state", state] if state else []),
    ]  # fmt: skip
    process = start(command, LOG, cwd=ROOT)
    shop = DemoShop(process, port)
    try:
        wait_until_answers(f"{shop.url}/_control/state", process, "The shop", LOG, 20)
    except BaseException:
        terminate(process)
        raise
    return shop

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demo shop: the Shopify emulator, selling to the channel `shop`."""

import subprocess

from .paths import LOGS, PYTHON, ROOT
from .processes import free_port, port_is_free, start, wait_until_answers

PACKAGE = ROOT / "emulators" / "shopify"
LOG = LOGS / "demo-shop.log"
# Kept from run to run where it is free: the channel's record names it.
PORT = 8970


class DemoShop:
    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"


def start_demo_shop(odoo_url: str, *, traffic: bool = True) -> DemoShop | None:
    """Starts the emulator; None in a checkout that has none."""
    if not (PACKAGE / "__main__.py").is_file():
        return None
    port = PORT if port_is_free(PORT) else free_port()
    command = [PYTHON, "-m", "emulators.shopify", "--port", port]
    process = start(command, LOG, cwd=ROOT)
    shop = DemoShop(process, port)
    wait_until_answers(f"{shop.url}/_control/health", process, "The demo shop", LOG, 20)
    return shop

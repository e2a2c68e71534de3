# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest

from emulators.woocommerce import selling
from emulators.woocommerce.server import Emulator
from odoo.addons.oms_channels.connectors.woocommerce.client import Client


@pytest.fixture
def shop():
    with Emulator(seed=7) as emulator:
        emulator.store.set_catalogue(
            [
                {"sku": "MUG", "title": "Mug", "price": "10.00"},
                {"sku": "A,B", "title": "Odd", "price": "2.00"},
                {"sku": "JACKET-M", "title": "Rain Jacket M", "price": "129.00"},
                {"sku": "JACKET-L", "title": "Rain Jacket L", "price": "129.00"},
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
def place(shop):
    """Places an order of two mugs; what is said otherwise is different."""

    def buy(**wishes):
        lines = [{"sku": "MUG", "quantity": 2}]
        with shop.store.lock:
            return selling.place(shop.store, {"plain": True, "lines": lines} | wishes)

    return buy


@pytest.fixture
def client(shop):
    with Client(shop.url, shop.key, shop.secret) as client:
        yield client

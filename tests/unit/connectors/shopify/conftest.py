# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import gzip
import json
import subprocess
from pathlib import Path

import pytest
from graphql import build_client_schema

from emulators.shopify import orders
from emulators.shopify.server import Emulator
from odoo.addons.oms_channels.connectors.shopify.client import API_VERSION, Client

SCRIPT = Path(__file__).parents[4] / "scripts" / "get-shopify-schema"


@pytest.fixture(scope="session")
def published():
    """The schema that Shopify publishes."""
    done = subprocess.run(
        [SCRIPT, API_VERSION], capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode:
        pytest.skip(done.stderr.strip())
    with gzip.open(done.stdout.strip()) as file:
        answer = json.load(file)
    # It is published as it is, even where graphql-core would object.
    return build_client_schema(answer.get("data", answer), assume_valid=True)


@pytest.fixture
def shop():
    with Emulator(seed=7, cancel_delay=0.01) as emulator:
        emulator.store.set_catalogue(
            [
                {"sku": "JACKET-M", "title": "Rain Jacket M", "price": "129.00"},
                {"sku": "007-LAMP", "title": "Head Lamp", "price": "39.95"},
                {"sku": "TENT 2P/GRN", "title": "Tent", "price": "249.00"},
                {"sku": "4711", "title": "Soap", "price": "4.99", "taxable": False},
            ]
        )
        yield emulator


@pytest.fixture
def place(shop):
    """Places an order; what is not said is left to chance."""

    def buy(**wishes):
        with shop.store.lock:
            return orders.place(shop.store, wishes)

    return buy


@pytest.fixture
def naps():
    """How long the client has slept; see `client`."""
    return []


@pytest.fixture
def client(shop, naps):
    """It does not really sleep: meanwhile the shop does what it has begun."""

    def sleep(seconds):
        naps.append(seconds)
        shop.store.finish_jobs()

    with Client(shop.url, shop.token, sleep=sleep) as client:
        yield client

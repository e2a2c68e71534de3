# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

import pytest

from emulators.shopify import fulfilment, orders, payload, refunds
from emulators.shopify.server import Emulator
from odoo.addons.oms_channels.connectors.shopify import documents
from odoo.addons.oms_channels.connectors.shopify.client import Client
from odoo.addons.oms_channels.connectors.shopify.fetching import complete

COUNT = 60


def send(store, order, quantity=None):
    source = order.fulfillment_orders[0]
    lines = [(source.lines[0].id, quantity)] if quantity else None
    parcel = fulfilment.Parcel(source, lines)
    fulfilment.create(store, [parcel], fulfilment.Tracking(), notify=False)


def give_back(store, order, restock_type):
    location = order.fulfillment_orders[0].location
    wish = refunds.LineWish(order.lines[0], 1, restock_type, location)
    refunds.make(store, order, [wish])


def change(store, order, number):
    """What happens to orders: to every sixth one the same."""
    happening = number % 6
    if happening in (1, 2, 3):
        send(store, order, 1 if happening == 3 else None)
    if happening == 2:
        give_back(store, order, "return")
    elif happening == 4:
        give_back(store, order, "cancel")
    elif happening == 5:
        orders.cancel(store, order)


@pytest.fixture(scope="session")
def pairs():
    """[(body of a webhook, order of the API)] of a shop that has sold for a while."""
    with Emulator(seed=11) as shop:
        placed = [orders.place(shop.store) for _number in range(COUNT)]
        for number, order in enumerate(placed):
            change(shop.store, order, number)
        bodies = {order.gid: payload.order(shop.store, order) for order in placed}
        with Client(shop.url, shop.token) as client:
            nodes = list(client.list_all(documents.ORDERS, "orders", query=""))
            for node in nodes:
                complete(client, node)
    return [(json.loads(json.dumps(bodies[node["id"]])), node) for node in nodes]

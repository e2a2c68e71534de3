# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each order that a platform has published, by webhook, poll and file: to the cent.

Each gets a key of its own: the samples show one order in several versions.
"""

import base64
import json
import urllib.request
from decimal import Decimal

from tests.contract import samples
from tests.contract.document import get_left, write_document
from tests.contract.shopify_nodes import write_node

from ..connectors.file.connector import mapper as file_mapper
from ..connectors.shopify import mapper as shopify_mapper
from ..connectors.shopify.client import Client
from ..connectors.woocommerce import mapper as woocommerce_mapper
from .test_connector_shopify import ShopifyCommon
from .test_connector_woocommerce import WooCommon

FIRST_KEY = 1_700_000_001


class PublishedOrders:
    """Give ``samples``, ``mapper``, ``total_member`` and ``poll(payloads)``."""

    def setUp(self):
        super().setUp()
        self.company.currency_id = self.env.ref("base.USD")
        self.payloads = {
            name: payload | {"id": FIRST_KEY + position}
            for position, (name, payload) in enumerate(self.samples)
        }

    def poll(self, payloads):
        raise NotImplementedError

    def read_webhook(self, payload):
        """What is stored of a delivery."""
        raise NotImplementedError

    def check_totals(self):
        """Every sample is one order, with what the platform says that is left."""
        orders = self.env["sale.order"].search(
            [("oms_channel_id", "=", self.channel.id)]
        )
        found = {order.oms_external_id: order for order in orders}
        self.assertEqual(len(orders), len(self.payloads))
        for name, payload in self.payloads.items():
            with self.subTest(name):
                order = found[str(payload["id"])]
                document = self.mapper.order_from_payload(payload)
                self.assertEqual(document.total, Decimal(payload[self.total_member]))
                self.assertEqual(
                    f"{order.amount_total:.2f}", f"{get_left(document):.2f}"
                )

    def test_published_orders_arrive_by_webhook_to_the_cent(self):
        for payload in self.payloads.values():
            body = json.loads(json.dumps(payload, default=str))
            self.channel._receive_orders(self.read_webhook(body))
        self.channel._process_inbox()
        self.check_totals()

    def test_published_orders_arrive_by_poll_to_the_cent(self):
        self.poll(list(self.payloads.values()))
        self.assertFalse(self.channel.last_error)
        self.channel._process_inbox()
        self.check_totals()

    def test_published_orders_arrive_by_file_to_the_cent(self):
        documents = [
            write_document(self.mapper.order_from_payload(payload))
            for payload in self.payloads.values()
        ]
        self.channel.platform = "file"
        upload = self.env["oms.channel.upload"].create(
            {
                "channel_id": self.channel.id,
                "name": "orders.json",
                "content": base64.b64encode(json.dumps(documents).encode()),
            }
        )
        upload.action_upload()
        # A file tells what was bought; what was given back since is not in it.
        self.payloads = {
            document["external_id"]: document | {"id": document["external_id"]}
            for document in documents
        }
        self.mapper, self.total_member = file_mapper, "total"
        self.check_totals()


class TestPublishedShopify(PublishedOrders, ShopifyCommon):
    samples = samples.shopify_orders()
    mapper = shopify_mapper
    total_member = "total_price"

    def read_webhook(self, payload):
        headers = {"X-Shopify-Topic": "orders/create"}
        return self.connector._read_webhook(self.channel, headers, payload)

    def poll(self, payloads):
        nodes = [write_node(payload) for payload in payloads]
        nodes = json.loads(json.dumps(nodes, default=str))

        def ask(_client, _document, *, first, after=None, **_variables):
            start = int(after or 0)
            more = start + first < len(nodes)
            info = {"hasNextPage": more, "endCursor": str(start + first)}
            page = {"nodes": nodes[start : start + first], "pageInfo": info}
            return {"orders": page}

        self.patch(Client, "ask", ask)
        self.patch(type(self.connector), "_read_clock", lambda _self, _channel: None)
        self.channel.fetched_until = "2005-01-01 00:00:00"
        self.channel._fetch()


class TestPublishedWoocommerce(PublishedOrders, WooCommon):
    samples = samples.woocommerce_orders()
    mapper = woocommerce_mapper
    total_member = "total"

    def read_webhook(self, payload):
        # Without an address nothing is asked again: the body is all there is.
        self.channel.shop_url = False
        headers = {"X-WC-Webhook-Topic": "order.created"}
        return self.connector._read_webhook(self.channel, headers, payload)

    def poll(self, payloads):
        for payload in payloads:
            self._put(json.loads(json.dumps(payload, default=str)))
        self.channel._fetch()

    def _put(self, order):
        request = urllib.request.Request(
            f"{self.shop.url}/_control/orders", json.dumps(order).encode(), method="PUT"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            self.assertEqual(answer.status, 201)

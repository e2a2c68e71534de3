# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The connectors of this addon keep what every connector promises."""

import base64
import hashlib
import hmac
from dataclasses import replace

from emulators.shopify import orders as shopify_orders
from emulators.woocommerce import WEBHOOK_SECRET
from tests.contract import samples
from tests.contract.connector import InboxContract, ShopContract, WebhookContract

from ..connectors.shopify import documents as shopify_documents
from ..connectors.woocommerce import client as woocommerce_client
from ..connectors.woocommerce import fetching as woocommerce_fetching
from .common import ChannelCommon
from .test_connector_file import ORDER
from .test_connector_shopify import ShopifyCommon
from .test_connector_woocommerce import WooCommon

LATER = "2099-01-01T00:00:00"


def sign(body, secret):
    """As both platforms sign: base64 of the HMAC-SHA256 of the raw body."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class TestFileInbox(InboxContract, ChannelCommon):
    samples = [("document", ORDER)]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.platform = "file"
        cls.company.currency_id = cls.env.ref("base.USD")

    def newer(self, payload):
        return payload | {"updated_at": f"{LATER}Z", "cancelled_at": f"{LATER}Z"}

    def numbered(self, payload, number):
        return payload | {"external_id": str(number)}


class TestShopifyInbox(InboxContract, ChannelCommon):
    samples = samples.shopify_orders()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.platform = "shopify"
        cls.company.currency_id = cls.env.ref("base.USD")

    def newer(self, payload):
        return payload | {"updated_at": f"{LATER}Z", "cancelled_at": f"{LATER}Z"}


class TestWoocommerceInbox(InboxContract, ChannelCommon):
    samples = samples.woocommerce_orders()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # No address: what a webhook brings is taken as it is.
        cls.channel.platform = "woocommerce"
        cls.company.currency_id = cls.env.ref("base.USD")

    def newer(self, payload):
        return payload | {"date_modified_gmt": LATER, "status": "cancelled"}


class TestShopifyWebhooks(WebhookContract, ShopifyCommon):
    def sign(self, body, secret):
        return {"X-Shopify-Hmac-SHA256": sign(body, secret)}


class TestWoocommerceWebhooks(WebhookContract, WooCommon):
    def sign(self, body, secret):
        return {"X-WC-Webhook-Signature": sign(body, secret)}


class TestShopifyShop(ShopContract, ShopifyCommon):
    fault_names = {"invalid_key": "expired_token"}
    secrets = ("shpat_emulator", "emulator-secret")
    new_token = "shpat_renewed"
    changes = ("OmsCreateFulfilment",)

    def setUp(self):
        super().setUp()
        self.company.currency_id = self.env.ref("base.USD")
        self.shop.store.set_catalogue(
            [{"sku": "TEST-MUG", "title": "Mug", "price": "10.00"}]
        )

    def place(self):
        lines = [{"sku": "TEST-MUG", "quantity": 2}]
        with self.shop.store.lock:
            order = shopify_orders.place(
                self.shop.store, {"plain": True, "lines": lines}
            )
        return order.id

    def shrink_pages(self):
        small = replace(shopify_documents.ORDERS, page_size=3)
        self.patch(shopify_documents, "ORDERS", small)

    def count_parcels(self, number):
        return len(self.shop.store.orders[number].fulfillments)

    def list_webhooks(self):
        return {row.topic for row in self.shop.webhooks.subscriptions.values()}

    def lose_webhooks(self):
        self.shop.faults.set({"disabled_webhook": True})
        self.place()
        self.shop.faults.set({"clear": True})


class TestWoocommerceShop(ShopContract, WooCommon):
    secrets = ("cs_emulator", "ck_emulator", WEBHOOK_SECRET)
    new_token = "cs_renewed"
    changes = ("POST", "PUT")

    def place(self):
        return self._place()["id"]

    def shrink_pages(self):
        for module in (woocommerce_client, woocommerce_fetching):
            self.patch(module, "PAGE", 3)

    def count_parcels(self, number):
        return len(self.shop.store.notes.get(number, []))

    def list_webhooks(self):
        rows = self.shop.webhooks.rows.values()
        return {row["topic"] for row in rows if row["status"] == "active"}

    def lose_webhooks(self):
        self.shop.faults.set({"disabled_webhook": True})
        self._place()
        self.shop.webhooks.flush()
        self.shop.faults.set({"clear": True})

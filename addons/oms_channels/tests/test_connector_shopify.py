# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
import json

from odoo.tools import config, mute_logger

from emulators.shopify.server import Emulator

from ..connectors.shopify import connector as shopify
from ..connectors.shopify.client import Client
from ..engine.errors import Misconfigured
from .common import ChannelCommon
from .test_secrets import KEY


class ShopifyCommon(ChannelCommon):
    """The test channel is a shop that an emulator keeps."""

    def setUp(self):
        super().setUp()
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))
        self.shop = self.enterContext(Emulator(seed=7, retry_delays=[]))
        self.right = {
            "platform": "shopify",
            "shop_url": self.shop.url,
            "api_token": self.shop.token,
            "api_version": False,
            "webhook_secret": "emulator-secret",
        }
        self.channel.write(self.right)
        self.connector = self.channel._get_connector()
        # The client waits for the shop's limits; a test does not.
        self.patch(
            shopify,
            "Client",
            lambda *arguments: Client(*arguments, sleep=lambda _seconds: None),
        )


class TestShopifyWebhook(ShopifyCommon):
    BODY = b'{"id": 450789469}'

    def _sign(self, secret="emulator-secret", body=BODY):
        digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
        return base64.b64encode(digest).decode()

    def _verify(self, body=BODY, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.connector._verify_webhook(self.channel, names, body)

    # === SIGNATURE ===

    def test_signed_delivery_is_admitted(self):
        self.assertTrue(self._verify(X_Shopify_Hmac_SHA256=self._sign()))

    def test_header_in_any_case_is_found(self):
        self.assertTrue(self._verify(x_shopify_hmac_sha256=self._sign()))

    def test_header_of_the_newer_events_is_found(self):
        self.assertTrue(self._verify(Shopify_Hmac_Sha256=self._sign()))

    def test_changed_body_is_refused(self):
        self.assertFalse(self._verify(b'{"id": 1}', X_Shopify_Hmac_SHA256=self._sign()))

    def test_signature_of_another_secret_is_refused(self):
        self.assertFalse(self._verify(X_Shopify_Hmac_SHA256=self._sign("guess")))

    def test_delivery_without_signature_is_refused(self):
        self.assertFalse(self._verify())

    def test_signature_that_is_no_text_of_ours_is_refused(self):
        self.assertFalse(self._verify(X_Shopify_Hmac_SHA256="\u20ac\udcff"))

    def test_former_secret_still_counts(self):
        self.channel.webhook_secret = "new-secret"
        self.assertTrue(self._verify(X_Shopify_Hmac_SHA256=self._sign()))

    def test_channel_without_secret_refuses_everything(self):
        self.channel._set_secret("webhook_secret", "")
        self.assertFalse(self._verify(X_Shopify_Hmac_SHA256=self._sign("")))

    def test_server_without_key_refuses_and_does_not_fail(self):
        config.options["oms_secret_key"] = False
        with mute_logger(shopify.__name__):
            self.assertFalse(self._verify(X_Shopify_Hmac_SHA256=self._sign()))

    # === CONTENT ===

    def test_order_topics_carry_the_order(self):
        payload = json.loads(self.BODY)
        for topic in ("create", "updated", "paid", "cancelled", "fulfilled"):
            with self.subTest(topic):
                headers = {"X-Shopify-Topic": f"orders/{topic}"}
                self.assertEqual(
                    self.connector._read_webhook(self.channel, headers, payload),
                    [payload],
                )

    def test_other_topics_carry_no_order(self):
        for topic in ("orders/edited", "refunds/create", "app/uninstalled", ""):
            with self.subTest(topic):
                headers = {"X-Shopify-Topic": topic}
                self.assertEqual(
                    self.connector._read_webhook(self.channel, headers, {"id": 1}), []
                )


class TestShopifyConnection(ShopifyCommon):
    def _sentence(self):
        return self.channel.action_test()["params"]["message"]

    def test_shop_is_named(self):
        self.assertIn(self.shop.store.name, self._sentence())

    def test_missing_webhook_secret_is_told(self):
        self.channel._set_secret("webhook_secret", "")
        self.assertIn("Webhooks are refused", self._sentence())

    def test_each_mistake_has_its_own_sentence(self):
        for values, words in (
            ({"shop_url": ""}, "no shop address"),
            ({"shop_url": "http://shop.example.com"}, "unencrypted"),
            ({"shop_url": "http://127.0.0.1:9"}, "cannot be reached"),
            ({"api_version": "2099-01"}, "no such shop or API"),
            ({"api_version": "new"}, "not a version"),
            ({"api_token": "shpat_wrong"}, "does not accept the credentials"),
            ({"api_token": ""}, "no access token"),
        ):
            with self.subTest(values):
                self.channel.write(self.right | values)
                self.assertIn(words, self._sentence())

    def test_shop_that_serves_a_page_is_told(self):
        self.shop.faults.set({"html_instead_of_json": True})
        self.assertIn("web page", self._sentence())

    def test_key_that_is_missing_is_a_setting(self):
        config.options["oms_secret_key"] = False
        with self.assertRaises(Misconfigured):
            self.connector._test(self.channel)

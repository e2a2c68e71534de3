# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
import json

from odoo.tools import config, mute_logger

from emulators.shopify import orders, payload, pricing
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
        # The client waits for the shop; here the shop is as fast as it can be.
        self.patch(
            shopify,
            "Client",
            lambda *arguments: Client(*arguments, sleep=self._wait_for_shop),
        )

    def _wait_for_shop(self, _seconds):
        self.shop.store.finish_jobs()


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


class TestShopifyRoad(ShopifyCommon):
    """Orders in, parcels and stock out, with the queue between."""

    def setUp(self):
        super().setUp()
        self.company.currency_id = self.env.ref("base.USD")
        self.shop.store.set_catalogue(
            [
                {"sku": "TEST-MUG", "title": "Mug", "price": "10.00"},
                {"sku": "TEST-LAMP", "title": "Lamp", "price": "25.00"},
            ]
        )

    def _place(self, **wishes):
        wishes = {"plain": True, "lines": [{"sku": "TEST-MUG", "quantity": 2}]} | wishes
        with self.shop.store.lock:
            return orders.place(self.shop.store, wishes)

    def _fetch(self):
        """Fetch and import; the orders of the channel."""
        self.channel._fetch()
        self.channel._process_inbox()
        return self._list_orders()

    def _list_orders(self):
        return self.env["sale.order"].search([("oms_channel_id", "=", self.channel.id)])

    def _hook(self, placed):
        """The order as a webhook brings it."""
        with self.shop.store.lock:
            body = json.dumps(payload.order(self.shop.store, placed))
        self.channel._receive_orders([json.loads(body)])
        self.channel._process_inbox()
        return self._list_orders()

    def _tell(self):
        """Process what waits, also what would be tried again later only."""
        outbox = self.channel.message_ids.filtered(lambda m: m.direction == "out")
        outbox.next_try = self.channel.outage_until = False
        self.channel._process_outbox()
        return outbox

    # === ORDERS ===

    def test_fetched_order_has_the_total_of_the_shop(self):
        placed = self._place()
        order = self._fetch()
        self.assertEqual(
            f"{order.amount_total:.2f}", f"{pricing.total(placed).shop:.2f}"
        )

    def test_fetched_order_is_allocated(self):
        self._place()
        self.assertEqual(self._fetch().oms_state, "allocated")

    def test_all_kinds_of_orders_keep_their_totals(self):
        for _turn in range(12):
            self._place(plain=False, currency="USD")
        wrong = [
            order.name
            for order in self._fetch()
            if not order.oms_hold_ids
            and f"{order.amount_total:.2f}" != self._get_total(order)
        ]
        self.assertEqual((wrong, len(self._list_orders())), ([], 12))

    def _get_total(self, order):
        placed = self.shop.store.orders[int(order.oms_external_id)]
        return f"{pricing.total(placed).shop:.2f}"

    def test_order_of_webhook_and_poll_is_one_order(self):
        placed = self._place()
        self.assertEqual(self._hook(placed), self._fetch())

    def test_deliveries_that_share_their_id_are_all_stored(self):
        self.shop.webhooks.subscribe("orders/create", "http://127.0.0.1:1/hook")
        self.shop.faults.set({"repeated_delivery_id": True})
        placed = [self._place() for _turn in range(2)]
        for delivery in self.shop.webhooks.history:
            body = json.loads(delivery.body)
            found = self.connector._read_webhook(self.channel, delivery.headers, body)
            self.channel._receive_orders(found)
        self.assertEqual(
            sorted(self.channel.message_ids.mapped("external_id")),
            sorted(str(order.id) for order in placed),
        )

    def test_second_fetch_changes_nothing(self):
        self._place()
        first = self._fetch()
        before = first.write_date
        self.assertEqual((self._fetch(), first.write_date), (first, before))

    def test_fetch_that_fails_says_why_and_keeps_its_place(self):
        self.channel.fetched_until = "2026-01-01 00:00:00"
        self.shop.faults.set({"error_5xx_before": 1})
        self.channel._fetch()
        self.assertIn("HTTP 503", self.channel.last_error)
        self.assertEqual(str(self.channel.fetched_until), "2026-01-01 00:00:00")

    def test_fetch_after_a_failure_loses_nothing(self):
        self._place()
        self.shop.faults.set({"truncated_body": 1})
        self.channel._fetch()
        self.assertEqual(len(self._fetch()), 1)

    # === PARCELS ===

    def test_parcel_reaches_the_shop_with_its_tracking(self):
        placed = self._place()
        self._ship(self._fetch(), "TRACK-7")
        messages = self._tell()
        (parcel,) = placed.fulfillments
        self.assertEqual(
            (messages.mapped("state"), parcel.numbers, parcel.lines[0].quantity),
            (["done"], ["TRACK-7"], 2),
        )

    def test_parcel_whose_answer_was_lost_is_told_once(self):
        placed = self._place()
        self._ship(self._fetch())
        self.shop.faults.set(
            {"error_5xx_after_effect": {"times": 1, "match": "OmsCreateFulfilment"}}
        )
        lost = self._tell().state
        self.assertEqual(
            (lost, self._tell().state, len(placed.fulfillments)), ("failed", "done", 1)
        )

    def test_parcel_of_a_cancelled_order_is_left_to_a_person(self):
        placed = self._place()
        self._ship(self._fetch())
        with self.shop.store.lock:
            orders.cancel(
                self.shop.store, placed, reason="customer", restock=True, refund=True
            )
        message = self._tell()
        self.assertEqual((message.state, message.acts), ("quarantined", "channel"))

    # === STOCK ===

    def _get_available(self, sku):
        store = self.shop.store
        level = store.levels[store.variant_by_sku(sku).id, next(iter(store.locations))]
        return level.available

    def _list(self, *products):
        self.channel._list_products([("id", "in", [p.id for p in products])])

    def test_stock_reaches_the_shop(self):
        self._list(self.mug, self.lamp)
        self.channel._queue_stock()
        self._tell()
        self.assertEqual(
            [self._get_available(sku) for sku in ("TEST-MUG", "TEST-LAMP")], [10, 10]
        )

    def test_unknown_sku_is_named_and_the_others_are_told(self):
        self._list(self.mug, self._create_product("NOT-THERE"))
        self.channel._queue_stock()
        self._tell()
        refused = self.env["oms.channel.message"].search(
            [("channel_id", "=", self.channel.id), ("error", "!=", False)]
        )
        self.assertIn("NOT-THERE", refused.error)
        self.assertEqual(self._get_available("TEST-MUG"), 10)

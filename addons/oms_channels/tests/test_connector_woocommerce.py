# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
import json
from decimal import Decimal

from odoo.tools import config, mute_logger

from emulators.woocommerce import refunds, selling
from emulators.woocommerce.server import Emulator
from emulators.woocommerce.webhooks import public

from ..connectors.woocommerce import connector as woocommerce
from ..connectors.woocommerce.client import Client
from ..engine.documents import Cancellation, Price, Refund
from ..engine.errors import Retry
from .common import ChannelCommon
from .test_secrets import KEY

PATH = "/oms/webhook/woocommerce/test_shop"


class WooCommon(ChannelCommon):
    """The test channel is a shop that an emulator keeps."""

    def setUp(self):
        super().setUp()
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))
        self.company.currency_id = self.env.ref("base.USD")
        self.shop = self.enterContext(Emulator(seed=7))
        self.shop.store.set_catalogue(
            [
                {"sku": "TEST-MUG", "title": "Mug", "price": "10.00"},
                {"sku": "TEST-LAMP", "title": "Lamp", "price": "25.00"},
            ]
        )
        self.right = {
            "platform": "woocommerce",
            "shop_url": self.shop.url,
            "api_key": self.shop.key,
            "api_token": self.shop.secret,
            "webhook_secret": "emulator-secret",
        }
        self.channel.write(self.right)
        self.connector = self.channel._get_connector()

    def _place(self, **wishes):
        wishes = {"plain": True, "lines": [{"sku": "TEST-MUG", "quantity": 2}]} | wishes
        with self.shop.store.lock:
            return selling.place(self.shop.store, wishes)

    def _fetch(self):
        """Fetch and import; the orders of the channel."""
        self.channel._fetch()
        self.assertFalse(self.channel.last_error)
        self.channel._process_inbox()
        return self._list_orders()

    def _list_orders(self):
        return self.env["sale.order"].search([("oms_channel_id", "=", self.channel.id)])

    def _hook(self, placed, topic="order.updated", body=None):
        """What a webhook brings, processed; the messages of it."""
        payload = json.loads(json.dumps(body or public(placed)))
        headers = {"X-WC-Webhook-Topic": topic, "X-WC-Webhook-Delivery-ID": "d1"}
        payloads = self.connector._read_webhook(self.channel, headers, payload)
        messages = self.channel._receive_orders(payloads)
        self.channel._process_inbox()
        return self.env["oms.channel.message"].union(*messages)

    def _tell(self):
        """Process what waits, also what would be tried again later only."""
        outbox = self.channel.message_ids.filtered(lambda m: m.direction == "out")
        outbox.next_try = self.channel.outage_until = False
        self.channel._process_outbox()
        return outbox


class TestWooWebhook(WooCommon):
    BODY = b'{"id": 727}'

    def _sign(self, secret="emulator-secret", body=BODY):
        digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
        return base64.b64encode(digest).decode()

    def _verify(self, signature, body=BODY):
        headers = {"X-WC-Webhook-Signature": signature}
        return self.connector._verify_webhook(self.channel, headers, body)

    def test_signature_with_a_secret_that_html_would_change_is_admitted(self):
        self.channel.webhook_secret = "a&amp;b"
        self.assertTrue(self._verify(self._sign("a&b")))

    def test_ping_is_recognised_by_its_form(self):
        for body, is_ping in (
            (b"webhook_id=12", True),
            (b"webhook_id=12&x=1", False),
            (b"", False),
        ):
            with self.subTest(body):
                found = self.connector._is_ping(self.channel, {}, body)
                self.assertEqual(found, is_ping)

    def test_topics_of_other_things_carry_no_order(self):
        for topic in ("product.updated", "customer.created", "action.any", ""):
            with self.subTest(topic):
                headers = {"X-WC-Webhook-Topic": topic}
                found = self.connector._read_webhook(self.channel, headers, {"id": 1})
                self.assertEqual(found, [])

    def test_cart_at_the_checkout_is_no_order(self):
        headers = {"X-WC-Webhook-Topic": "order.created"}
        body = {"id": 1, "status": "checkout-draft"}
        found = self.connector._read_webhook(self.channel, headers, body)
        self.assertEqual(found, [])

    def test_same_body_of_a_later_delivery_is_a_signal_of_its_own(self):
        found = [
            self.connector._read_webhook(
                self.channel,
                {"X-WC-Webhook-Topic": "order.updated", "X-WC-Webhook-Delivery-ID": n},
                {"id": 1},
            )
            for n in ("a", "a", "b")
        ]
        self.assertEqual(found[0], found[1])
        self.assertNotEqual(found[0], found[2])

    # === THE ORDER IS READ AGAIN ===

    def test_stale_body_brings_the_order_as_it_is(self):
        placed = self._place(status="pending")
        stale = public(dict(placed))
        with self.shop.store.lock:
            self.shop.store.set_status(placed, "processing")
        order = self._hook(placed, body=stale).order_id
        self.assertEqual(order.oms_payment_ids.mapped("kind"), ["capture"])

    def test_refund_that_a_body_only_names_arrives_with_its_lines(self):
        placed = self._place(lines=[{"sku": "TEST-MUG", "quantity": 3}])
        with self.shop.store.lock:
            refunds.by_hand(self.shop.store, placed, {"lines": [{"sku": "TEST-MUG"}]})
        order = self._hook(placed).order_id
        mugs = order.order_line.filtered(lambda line: line.product_id == self.mug)
        self.assertEqual(mugs.product_uom_qty, 2)

    def test_trashed_order_is_cancelled(self):
        placed = self._place()
        order = self._fetch()
        with self.shop.store.lock:
            self.shop.store.trash(placed)
        self._hook(placed, "order.deleted", {"id": placed["id"]})
        self.assertEqual(order.state, "cancel")

    def test_order_deleted_for_good_asks_a_person(self):
        placed = self._place()
        with self.shop.store.lock:
            del self.shop.store.orders[placed["id"]]
        message = self._hook(placed, "order.deleted", {"id": placed["id"]})
        self.assertEqual(message.state, "quarantined")
        self.assertIn("cancel it here", message.error)

    def test_shop_that_is_down_makes_the_message_wait(self):
        placed = self._place()
        self.shop.faults.set({"maintenance": True})
        self.assertEqual(self._hook(placed).state, "failed")

    def test_order_that_cannot_be_read_again_delays_no_other(self):
        placed = [self._place() for _turn in range(2)]
        with self.shop.store.lock:
            refunds.by_hand(self.shop.store, placed[0], {"amount": "1.00"})
        headers = {"X-WC-Webhook-Topic": "order.updated"}
        bodies = [
            body
            for order in placed
            for body in self.connector._read_webhook(
                self.channel, headers, json.loads(json.dumps(public(order)))
            )
        ]
        messages = self.channel._receive_orders(bodies)
        plain = Client.get

        def get(client, path, **query):
            if path.endswith("/refunds"):
                raise Retry("not now")
            return plain(client, path, **query)

        self.patch(Client, "get", get)
        self.channel._process_inbox()
        self.assertEqual([m.state for m in messages], ["failed", "done"])

    def test_revoked_key_does_not_stop_what_webhooks_bring(self):
        placed = self._place()
        self.channel.api_token = "cs_wrong"
        self.assertEqual(self._hook(placed).state, "done")


class TestWooConnection(WooCommon):
    def _sentence(self):
        return self.channel.action_test()["params"]["message"]

    def test_shop_is_named(self):
        self.assertIn(self.shop.url, self._sentence())

    def test_missing_webhook_is_told(self):
        self.assertIn("no active webhook", self._sentence())

    def test_each_mistake_has_its_own_sentence(self):
        for values, words in (
            ({"shop_url": ""}, "no shop address"),
            ({"shop_url": "http://127.0.0.1:9"}, "cannot be reached"),
            ({"shop_url": self.shop.url + "/blog"}, "has no such shop or API"),
            ({"api_key": "ck_readonly"}, "Connected"),
            ({"api_key": "ck_unknown"}, "Consumer key is invalid"),
            ({"api_key": "consumer"}, "must begin with ck_"),
            ({"api_token": "cs_wrong"}, "signature does not match"),
            ({"api_token": ""}, "no consumer secret"),
        ):
            with self.subTest(values):
                self.channel.write(self.right | values)
                self.assertIn(words, self._sentence())

    def test_registered_webhooks_are_there_once(self):
        self.channel.action_register_webhooks()
        self.channel.action_register_webhooks()
        topics = [row["topic"] for row in self.shop.webhooks.rows.values()]
        self.assertEqual((len(topics), len(set(topics))), (4, 4))

    def test_disabled_webhook_is_enabled_by_the_next_fetch(self):
        wish = {"topic": "order.updated", "delivery_url": f"http://127.0.0.1:9{PATH}"}
        hook = self.shop.webhooks.create(wish | {"status": "disabled"}, ping=False)
        with mute_logger(woocommerce.__name__):
            self._fetch()
        self.assertEqual(hook["status"], "active")


class TestWooRoad(WooCommon):
    """Orders in, parcels, stock and money out, with the queue between."""

    # === ORDERS ===

    def test_fetched_order_has_the_total_of_the_shop(self):
        placed = self._place()
        order = self._fetch()
        self.assertEqual(f"{order.amount_total:.2f}", placed["total"])

    def test_fetched_order_is_allocated(self):
        self._place()
        self.assertEqual(self._fetch().oms_state, "allocated")

    def test_all_kinds_of_orders_keep_their_totals(self):
        for number in range(16):
            self._place(plain=False, prices_include_tax=bool(number % 2))
        wrong = [
            (order.name, order.oms_open_hold_ids.mapped("reason"))
            for order in self._fetch()
            if f"{order.amount_total:.2f}"
            != self.shop.store.orders[int(order.oms_external_id)]["total"]
        ]
        self.assertEqual((wrong, len(self._list_orders())), ([], 16))

    def test_order_of_webhook_and_poll_is_one_order(self):
        placed = self._place()
        self.assertEqual(self._hook(placed).order_id, self._fetch())

    def test_cash_on_delivery_is_not_held_for_its_money(self):
        self._place(cash=True)
        order = self._fetch()
        self.assertEqual(order.oms_state, "allocated")

    def test_trashed_order_that_nobody_told_of_is_cancelled(self):
        placed = self._place()
        order = self._fetch()
        with self.shop.store.lock:
            self.shop.store.trash(placed)
        self._fetch()
        self.assertEqual(order.state, "cancel")

    def test_trash_that_was_never_here_stays_there(self):
        placed = self._place()
        with self.shop.store.lock:
            self.shop.store.trash(placed)
        self.assertFalse(self._fetch())

    # === PARCELS ===

    def test_parcel_reaches_the_shop_and_completes_the_order(self):
        placed = self._place()
        self._ship(self._fetch(), "TRACK-7")
        state = self._tell().state
        notes = [note["note"] for note in self.shop.store.notes[placed["id"]]]
        self.assertEqual(
            (state, placed["status"], "TRACK-7" in notes[0], len(notes)),
            ("done", "completed", True, 1),
        )

    def test_plugin_for_parcels_gets_the_number(self):
        self.shop.store.has_tracking_plugin = True
        placed = self._place()
        self._ship(self._fetch(), "TRACK-7")
        self._tell()
        (row,) = self.shop.store.trackings[placed["id"]]
        self.assertEqual(row["tracking_number"], "TRACK-7")

    def test_parcel_told_changes_nothing_when_it_comes_back(self):
        self._place()
        order = self._fetch()
        self._ship(order)
        self._tell()
        self._fetch()
        self.assertFalse(order.oms_open_hold_ids)

    def test_parcel_of_a_cancelled_order_is_left_to_a_person(self):
        placed = self._place()
        self._ship(self._fetch())
        with self.shop.store.lock:
            self.shop.store.set_status(placed, "cancelled")
        message = self._tell()
        self.assertEqual((message.state, message.acts), ("quarantined", "channel"))

    # === STOCK AND PRICES ===

    def test_stock_reaches_the_shop(self):
        products = self.mug + self.lamp
        self.channel._list_products([("id", "in", products.ids)])
        self.channel._queue_stock()
        self._tell()
        found = [
            self.shop.store.product_by_sku(sku)["stock_quantity"]
            for sku in ("TEST-MUG", "TEST-LAMP")
        ]
        self.assertEqual(found, [10, 10])

    def test_sale_that_a_figure_overwrote_is_off_the_next_figure(self):
        product = self.shop.store.product_by_sku("TEST-MUG")
        self.channel._list_products([("id", "=", self.mug.id)])
        self.channel._queue_stock()
        self._place(lines=[{"sku": "TEST-MUG", "quantity": 4}])
        self._tell()
        figures = [product["stock_quantity"]]
        self._fetch()
        self.channel._queue_stock()
        self._tell()
        figures.append(product["stock_quantity"])
        self.assertEqual(figures, [10, 6])

    def test_price_reaches_the_shop(self):
        price = Price("TEST-MUG", Decimal("11.50"), "USD")
        answers = self.connector._push_prices(self.channel, [price])
        product = self.shop.store.product_by_sku("TEST-MUG")
        self.assertEqual((answers, product["price"]), ({"TEST-MUG": None}, "11.50"))

    # === BACK ===

    def test_cancelled_order_is_cancelled_there(self):
        placed = self._place()
        wish = Cancellation("cancel:1", str(placed["id"]), refund=False)
        answers = self.connector._push_cancellations(self.channel, [wish])
        self.assertEqual((answers, placed["status"]), ({wish.key: None}, "cancelled"))

    def test_cancellation_with_its_refund_heard_back_changes_nothing(self):
        placed = self._place()
        order = self._fetch()
        order._oms_cancel("out of stock")
        self._tell()
        self._fetch()
        self.assertEqual(
            (placed["status"], order.state, order.oms_open_hold_ids.ids),
            ("refunded", "cancel", []),
        )
        self.assertEqual(order.oms_payment_state, "refunded")

    def test_refund_reaches_the_shop_once(self):
        placed = self._place()
        line = str(placed["line_items"][0]["id"])
        row = (line, Decimal(1), Decimal("10.00"), Decimal("0.75"))
        wish = Refund("refund:1", str(placed["id"]), Decimal("10.75"), (row,))
        for _turn in range(2):
            self.connector._push_refunds(self.channel, [wish])
        (refund,) = self.shop.store.refunds[placed["id"]]
        self.assertEqual(refund["amount"], "10.75")

    # === ONE SECOND ===

    def test_changes_of_one_second_come_to_the_last_state(self):
        now = self.shop.store.clock()
        self.patch(self.shop.store, "clock", lambda: now)
        placed = self._place(status="pending")
        order = self._hook(placed).order_id
        for status in ("on-hold", "processing", "cancelled"):
            with self.shop.store.lock:
                stale = json.loads(json.dumps(public(placed)))
                self.shop.store.set_status(placed, status)
            self._hook(placed, body=stale)
        self._hook(placed)
        self.assertEqual(order.state, "cancel")

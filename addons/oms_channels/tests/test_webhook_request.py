# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
import json

from odoo.tests import HttpCase, tagged
from odoo.tools import config

from tests.contract import samples

from .common import ChannelCommon
from .test_secrets import KEY

SECRET = "emulator-secret"


@tagged("post_install", "-at_install")
class TestWebhookRequest(HttpCase, ChannelCommon):
    """A delivery is stored, and nothing else is done while the shop waits."""

    def setUp(self):
        super().setUp()
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))
        self.channel.write({"platform": "shopify", "code": "hooked"})
        self.channel.webhook_secret = SECRET
        self.env.flush_all()

    def _deliver(self, payload):
        """The number of statements that a delivery took."""
        body = json.dumps(payload, default=str).encode()
        digest = hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
        before = self.cr.sql_log_count
        answer = self.url_open(
            "/oms/webhook/shopify/hooked",
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-Shopify-Topic": "orders/create",
                "X-Shopify-Hmac-SHA256": base64.b64encode(digest).decode(),
            },
        )
        self.assertEqual(answer.status_code, 200)
        return self.cr.sql_log_count - before

    def _make(self, key, lines):
        order = json.loads(json.dumps(samples.shopify_orders()[0][1], default=str))
        return order | {"id": key, "line_items": order["line_items"][:1] * lines}

    def test_size_of_the_order_makes_no_difference(self):
        self._deliver(self._make(1, 1))
        small = self._deliver(self._make(2, 1))
        self.assertEqual(self._deliver(self._make(3, 100)), small)

    def test_delivery_is_stored_and_nothing_is_imported(self):
        self._deliver(self._make(4, 1))
        message = self.channel.message_ids
        self.assertEqual((message.external_id, message.state), ("4", "pending"))
        self.assertFalse(message.order_id)

    def test_delivery_that_comes_again_asks_for_no_second_job(self):
        for _turn in range(3):
            self._deliver(self._make(5, 1))
        jobs = self.env["queue.job"].search(
            [("identity_key", "=like", f"oms:_process_inbox:{self.channel.id}:%")]
        )
        self.assertEqual(len(jobs), 1)

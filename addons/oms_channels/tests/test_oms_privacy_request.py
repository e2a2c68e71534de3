# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import HttpCase
from odoo.tools import config

from ..engine.documents import Customer
from ..engine.privacy import PrivacyRequest
from .common import ChannelCommon
from .test_secrets import KEY


class PrivacyCommon(ChannelCommon):
    def setUp(self):
        super().setUp()
        self.order = self._import(self._document(note="Ring at Ada's."))
        self.buyer = self.order.partner_id

    def _ask(self, kind="redact", **values):
        values = {"customer_id": "customer-1", "external_id": "r-1"} | values
        requests = self.env["oms.privacy.request"]
        requests._receive(self.channel, PrivacyRequest(kind, **values))
        return requests.search([("channel_id", "=", self.channel.id)])

    def _close(self):
        self._ship(self.order)


class TestRedaction(PrivacyCommon):
    def test_repeated_request_is_one(self):
        self._ask()
        self.assertEqual(len(self._ask()), 1)

    def test_order_under_way_is_delivered_first(self):
        request = self._ask()
        request.action_execute()
        self.assertEqual((request.state, self.buyer.name), ("waiting", "Ada Buyer"))
        self.assertIn(self.order.name, request.outcome)

    def test_shipped_order_no_longer_names_its_buyer(self):
        self._close()
        self._ask().action_execute()
        self.assertEqual(
            (self.buyer.name, self.buyer.email, self.buyer.street),
            ("Removed buyer", False, False),
        )

    def test_notes_go_with_the_buyer(self):
        self._close()
        self._ask().action_execute()
        self.assertFalse(self.order.oms_buyer_note)

    def test_letters_go_from_chatter_and_history(self):
        self.order.message_post(
            body="I am Ada, call 555-0100.",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.buyer.id,
        )
        self._close()
        self._ask().action_execute()
        told = self.order.message_ids.mapped("body")
        told += self.order.oms_event_ids.mapped("sentence")
        self.assertNotIn("555-0100", " ".join(map(str, told)))

    def test_payload_keeps_amounts_and_loses_the_buyer(self):
        message = self.env["oms.channel.message"]._store(
            self.channel,
            [
                {
                    "kind": "order",
                    "key": "test",
                    "external_id": self.order.oms_external_id,
                    "payload": '{"total": "20.00", "email": "ada@example.com"}',
                }
            ],
        )
        self._close()
        self._ask().action_execute()
        self.assertEqual(
            json.loads(message.payload), {"total": "20.00", "email": "[removed]"}
        )

    def test_invoice_keeps_the_name_it_was_made_out_to(self):
        self._close()
        invoice = self._invoice(self.order)
        self._ask().action_execute()
        self.assertEqual(invoice.partner_id.name, "Ada Buyer")
        self.assertFalse(invoice.partner_id.email)

    def test_buyer_known_elsewhere_stays(self):
        other = self.channel.copy({"name": "Other", "code": "other"})
        self._close()
        self._create_order(partner_id=self.buyer.id, oms_channel_id=other.id)
        request = self._ask()
        request.action_execute()
        self.assertEqual(self.buyer.name, "Ada Buyer")
        self.assertIn("Ada Buyer", request.outcome)

    def test_guest_is_found_by_mail_address(self):
        guest = Customer("", "Bob Guest", "Bob@Example.com")
        order = self._import(self._document("5002", customer=guest))
        self._ship(order)
        self._ask(customer_id="", email="bob@example.com").action_execute()
        self.assertEqual(order.partner_id.name, "Removed buyer")

    def test_closing_shop_forgets_all_its_buyers(self):
        guest = Customer("", "Bob Guest", "bob@example.com")
        other = self._import(self._document("5002", customer=guest))
        self._ship(self.order)
        self._ship(other)
        self._ask("redact_shop", customer_id="").action_execute()
        names = (self.order | other).partner_id.mapped("name")
        self.assertEqual(set(names), {"Removed buyer"})


class TestExport(PrivacyCommon):
    def test_file_holds_the_contact_and_the_orders(self):
        request = self._ask("export")
        request.action_execute()
        told = json.loads(request.attachment_id.raw)
        self.assertEqual(
            (told["contacts"][0]["email"], told["orders"][0]["number"]),
            ("ada@example.com", "#5001"),
        )

    def test_job_leaves_exports_to_a_person(self):
        request = self._ask("export")
        self.env["oms.privacy.request"]._cron_execute()
        self.assertEqual(request.state, "open")


class TestRetention(PrivacyCommon):
    def _store(self, key, state, days):
        message = self.env["oms.channel.message"]._store(
            self.channel, [{"kind": "order", "key": key, "state": state}]
        )
        then = fields.Datetime.now() - timedelta(days)
        self.env.cr.execute(
            "UPDATE oms_channel_message SET write_date = %s WHERE id = %s",
            [then, message.id],
        )
        message.invalidate_recordset()
        return message

    def test_old_message_that_is_done_goes(self):
        message = self._store("old", "done", 181)
        self.channel._forget_messages()
        self.assertFalse(message.exists())

    def test_old_message_that_waits_for_a_person_stays(self):
        message = self._store("stuck", "quarantined", 999)
        self.channel._forget_messages()
        self.assertTrue(message.exists())

    def test_buyer_without_orders_for_long_is_asked_to_be_forgotten_once(self):
        self.channel.buyer_days = 30
        then = fields.Datetime.now() - timedelta(31)
        self.order.date_order = then
        customer = self.env["oms.channel.customer"].search(
            [("partner_id", "=", self.buyer.id)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE oms_channel_customer SET create_date = %s WHERE id = %s",
            [then, customer.id],
        )
        self.env.invalidate_all()
        self.channel._forget_buyers()
        self.channel._forget_buyers()
        request = self.env["oms.privacy.request"].search(
            [("channel_id", "=", self.channel.id)]
        )
        self.assertEqual(request._get_buyers(), self.buyer)


@tagged("post_install", "-at_install")
class TestPrivacyWebhook(HttpCase):
    def test_compliance_delivery_of_the_shop_becomes_a_request(self):
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))
        channel = self.env["oms.channel"].create(
            {
                "name": "Compliant",
                "code": "compliant",
                "platform": "shopify",
                "shop_url": "https://compliant.example.com",
                "webhook_secret": "hush",
            }
        )
        body = json.dumps({"shop_id": 7, "customer": {"id": 9}}).encode()
        signature = hmac.new(b"hush", body, hashlib.sha256).digest()
        answer = self.url_open(
            "/oms/webhook/shopify/compliant",
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-Shopify-Topic": "customers/redact",
                "X-Shopify-Webhook-Id": "delivery-9",
                "X-Shopify-Hmac-SHA256": base64.b64encode(signature).decode(),
            },
        )
        request = self.env["oms.privacy.request"].search(
            [("channel_id", "=", channel.id)]
        )
        self.assertEqual(
            (answer.status_code, request.kind, request.customer_key),
            (200, "redact", "9"),
        )

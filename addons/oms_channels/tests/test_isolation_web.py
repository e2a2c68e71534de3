# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a browser, a program and a shop can do with the channel of another company."""

import base64
import hashlib
import hmac

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import config

from .test_isolation import IsolationCommon
from .test_secrets import KEY


@tagged("post_install", "-at_install")
class TestIsolationRules(IsolationCommon):
    """A member of one company, with every right of ours, meets the other's records."""

    def _list_models(self):
        """Models of ours that are kept, and of which a company has its own."""
        return [
            model
            for name, model in self.env.items()
            if name.startswith("oms.")
            and model._auto
            and not (model._abstract or model._transient)
            and {"company_id", "channel_id"} & set(model._fields)
        ]

    def test_each_of_our_models_has_a_rule_for_companies(self):
        rules = self.env["ir.rule"].search([("global", "=", True)])
        ruled = {
            rule.model_id.model
            for rule in rules
            if "company_ids" in (rule.domain_force or "")
        }
        names = {model._name for model in self._list_models()}
        self.assertEqual(names - ruled, set())

    def test_no_record_of_the_other_is_found_read_or_counted(self):
        _mine, order = self._import_both()
        self.other._list_products([("id", "=", self.mug.id)])
        self.other._receive_orders([{"id": 1, "updated_at": "2026-01-02T03:04:05Z"}])
        for records in (
            self.other,
            self.other.listing_ids,
            self.other.message_ids,
            order,
            order.order_line,
            order.oms_payment_ids,
            order.oms_event_ids,
        ):
            with self.subTest(records._name):
                self.assertTrue(records)
                self._check_hidden(records)

    def _check_hidden(self, records):
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env[records._name].with_user(self.member)
        domain = [("id", "in", records.ids)]
        self.assertFalse(model.search_count(domain))
        self.assertFalse(model.web_search_read(domain, {"id": {}})["records"])
        self.assertFalse(
            model.formatted_read_group(domain, [], ["__count"])[0]["__count"]
        )
        with self.assertRaises(AccessError):
            model.browse(records.ids).read(["display_name"])


@tagged("post_install", "-at_install")
class TestIsolationWebhook(HttpCase):
    """The secret of one shop opens the door of no other."""

    def setUp(self):
        super().setUp()
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))
        self.theirs = self.env["res.company"].create({"name": "Theirs"})
        self.env.user.company_ids |= self.theirs

    def _create_shops(self, platform):
        return self.env["oms.channel"].create(
            [
                {
                    "name": code,
                    "code": code,
                    "platform": platform,
                    "company_id": company.id,
                    "webhook_secret": f"secret-{code}",
                }
                for code, company in (
                    ("mine", self.env.company),
                    ("other", self.theirs),
                )
            ]
        )

    def _deliver(self, shop, header, secret):
        body = b'{"id": 5001, "updated_at": "2026-01-02T03:04:05Z"}'
        digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json",
            "X-Shopify-Topic": "orders/create",
            "X-WC-Webhook-Topic": "order.created",
            header: base64.b64encode(digest).decode(),
        }
        path = f"/oms/webhook/{shop.platform}/{shop.code}"
        return self.url_open(path, data=body, headers=headers).status_code

    def test_delivery_signed_by_one_is_refused_at_the_address_of_the_other(self):
        for platform, header in (
            ("shopify", "X-Shopify-Hmac-Sha256"),
            ("woocommerce", "X-WC-Webhook-Signature"),
        ):
            with self.subTest(platform):
                mine, other = shops = self._create_shops(platform)
                self.assertEqual(self._deliver(other, header, "secret-mine"), 401)
                self.assertEqual(self._deliver(mine, header, "secret-other"), 401)
                self.assertFalse(shops.message_ids)
                self.assertEqual(self._deliver(other, header, "secret-other"), 200)
                self.assertEqual(shops.message_ids.channel_id, other)
                shops.message_ids.unlink()
                shops.unlink()

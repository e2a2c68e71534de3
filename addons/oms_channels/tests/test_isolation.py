# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import config

from odoo.addons.queue_job.tests.common import trap_jobs

from ..engine.catalogue import CatalogueItem
from .common import ChannelCommon
from .test_secrets import KEY


class IsolationCommon(ChannelCommon):
    """Two channels of one platform, in two companies and currencies, with one code."""

    PLATFORM = "shopify"

    def setUp(self):
        super().setUp()
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))
        self.theirs = self.env["res.company"].create(
            {"name": "Theirs", "currency_id": self._get_currency().id}
        )
        self.env.user.company_ids |= self.theirs
        self.mine, self.other = self.channel, self._create_other_channel()
        self.mine.write({"platform": self.PLATFORM, "webhook_secret": "secret-mine"})
        self.member = self._create_user("member", "oms_core.group_oms_admin")
        self.member.write(
            {"company_ids": [fields.Command.set(self.company.ids)]}
            | {"company_id": self.company.id}
        )

    def _get_currency(self):
        found = self.env["res.currency"].with_context(active_test=False)
        currency = found.search(
            [("id", "!=", self.company.currency_id.id), ("name", "in", ("EUR", "CHF"))],
            limit=1,
        )
        currency.active = True
        return currency

    def _create_other_channel(self):
        return (
            self.env["oms.channel"]
            .with_company(self.theirs)
            .create(
                {
                    "name": "Their Shop",
                    "code": self.channel.code,
                    "company_id": self.theirs.id,
                    "platform": self.PLATFORM,
                    "webhook_secret": "secret-theirs",
                    "duplicate_minutes": 0,
                }
            )
        )

    def _import_both(self):
        """One order of each shop, the same but for its currency."""
        orders = self.env["sale.order"]
        for channel in (self.mine, self.other):
            document = self._document(currency=channel.currency_id.name)
            (result,) = self.importer._import(channel, [document])
            self.assertEqual(result.outcome, "imported", result.message)
            orders |= orders.browse(result.order_id)
        return orders

    def _see(self, records):
        """Which of these a member of the first company sees."""
        self.env.flush_all()
        model = self.env[records._name].with_user(self.member)
        return model.with_context(active_test=False).search([("id", "in", records.ids)])


class TestIsolation(IsolationCommon):
    """Two shops of one platform, with the same numbers and the same buyer: they do
    not see each other."""

    SIGNATURE = "X-Shopify-Hmac-Sha256"
    PAYLOAD = {"id": 5001, "updated_at": "2026-01-02T03:04:05Z"}

    # === THE WAY IN ===

    def test_webhook_is_admitted_to_the_shop_that_signed_it(self):
        body = b'{"id": 5001}'
        digest = hmac.new(b"secret-theirs", body, hashlib.sha256).digest()
        headers = {self.SIGNATURE: base64.b64encode(digest).decode()}
        admitted = (self.mine + self.other).filtered(
            lambda c: c._get_connector()._verify_webhook(c, headers, body)
        )
        self.assertEqual(admitted, self.other)

    def test_same_payload_is_a_message_of_each(self):
        messages = self.env["oms.channel.message"]
        for channel in (self.mine, self.other):
            messages = messages.union(
                messages, *channel._receive_orders([self.PAYLOAD])
            )
        self.assertEqual(messages.company_id, self.company + self.theirs)
        self.assertEqual(self._see(messages).channel_id, self.mine)

    def test_poll_of_one_moves_nothing_of_the_other(self):
        def fetch(_connector, _channel, _since, _cursor=None):
            return [self.PAYLOAD], None

        connector = type(self.mine._get_connector())
        with (
            patch.object(connector, "_fetch_orders", fetch),
            patch.object(connector, "_read_clock", lambda _connector, _channel: None),
        ):
            self.mine._fetch()
        self.assertTrue(self.mine.fetched_until)
        self.assertFalse(self.other.fetched_until)
        messages = self.env["oms.channel.message"].search(
            [("channel_id", "in", (self.mine + self.other).ids)]
        )
        self.assertEqual(messages.channel_id, self.mine)

    def test_job_of_one_takes_no_message_of_the_other(self):
        for channel in (self.mine, self.other):
            channel._receive_orders([self.PAYLOAD])
        self.mine._process_inbox()
        states = [
            set(channel.message_ids.mapped("state"))
            for channel in (self.mine, self.other)
        ]
        self.assertNotEqual(states[0], {"pending"})
        self.assertEqual(states[1], {"pending"})

    def test_jobs_of_the_two_do_not_stand_for_each_other(self):
        with trap_jobs() as trap:
            for channel in (self.mine, self.other):
                channel._delay_processing("in")
        jobs = trap.enqueued_jobs
        self.assertEqual([job.recordset for job in jobs], [self.mine, self.other])
        self.assertEqual(len({job.identity_key for job in jobs}), 2)

    # === ORDERS AND BUYERS ===

    def test_same_number_is_an_order_of_each_in_its_currency(self):
        orders = self._import_both()
        self.assertEqual(
            orders.mapped(lambda o: (o.company_id, o.currency_id, o.oms_external_id)),
            [
                (channel.company_id, channel.currency_id, "5001")
                for channel in (self.mine, self.other)
            ],
        )
        self.assertEqual(self._see(orders), orders[0])

    def test_newer_version_changes_its_own_order(self):
        orders = self._import_both()
        newer = self._document(
            version="2026-01-03T00:00:00Z",
            currency=self.other.currency_id.name,
            note="Ring twice",
        )
        self.importer._import(self.other, [newer])
        self.assertEqual(orders.mapped("oms_buyer_note"), [False, "Ring twice"])

    def test_same_buyer_is_a_customer_of_each(self):
        orders = self._import_both()
        customers = self.env["oms.channel.customer"].search(
            [("channel_id", "in", (self.mine + self.other).ids)]
        )
        mine = customers.filtered(lambda c: c.channel_id == self.mine)
        self.assertEqual(mine.partner_id, orders[0].partner_id.commercial_partner_id)
        self.assertEqual(self._see(customers), mine)
        self.assertNotEqual(*orders.partner_id.ids)

    def test_warehouse_of_an_order_is_one_of_its_company(self):
        orders = self._import_both()
        self.assertEqual(orders.warehouse_id.company_id, self.company + self.theirs)
        self.assertEqual(orders[0].warehouse_id.company_id, self.company)

    # === LISTINGS ===

    def test_same_catalogue_is_listed_for_each(self):
        item = CatalogueItem("77", "Mug", sku="TEST-MUG")
        own = self._create_product("TEST-MUG", company_id=self.theirs.id)
        self.mug.product_tmpl_id.list_price = 1
        for channel in (self.mine, self.other):
            channel._update_listings([item], fields.Datetime.now())
        listings = self.env["oms.channel.listing"].search([("external_id", "=", "77")])
        mine = listings.filtered(lambda row: row.channel_id == self.mine)
        self.assertEqual(mine.product_id, self.mug)
        # Theirs has two to choose from: the shared one and its own.
        self.assertEqual((listings - mine).candidate_ids, self.mug + own)
        self.assertEqual(self._see(listings), mine)

    def test_line_is_understood_by_the_listings_of_its_shop(self):
        listing = {"external_id": "77", "sku": "THEIR-SKU", "product_id": self.lamp.id}
        self.env["oms.channel.listing"].create(listing | {"channel_id": self.other.id})
        line = self._line(product_external_id="77", sku="THEIR-SKU")
        resolver = self.env["oms.product.resolver"]
        found = [
            resolver._resolve(channel, [line])[line]
            for channel in (self.mine, self.other)
        ]
        self.assertEqual(found, [resolver._get_placeholder(), self.lamp])

    def test_stock_told_to_one_is_that_of_its_company(self):
        for channel in (self.mine, self.other):
            channel._list_products([("id", "=", self.mug.id)])
        told = [
            list(channel._get_stock_levels(channel.listing_ids).values())
            for channel in (self.mine, self.other)
        ]
        self.assertEqual(told, [[10], [0]])

    # === MONEY ===

    def test_same_payout_is_a_settlement_of_each(self):
        settlements = self.env["oms.settlement"]
        for channel in (self.mine, self.other):
            gateway = self.env["oms.channel.gateway"]._get_or_create(
                {(channel.id, "card")}
            )[channel.id, "card"]
            settlements |= settlements.create(
                {
                    "external_id": "payout-1",
                    "gateway_id": gateway.id,
                    "company_id": channel.company_id.id,
                    "date": "2026-01-05",
                    "currency_id": channel.currency_id.id,
                }
            )
        self.assertEqual(self._see(settlements), settlements[0])
        self.assertEqual(self._see(settlements.gateway_id).channel_id, self.mine)

    # === API AND SETTINGS ===

    def test_api_answers_for_the_companies_of_its_caller(self):
        orders = self._import_both()
        api = self.env["oms.api"].with_user(self.member)
        (status,) = api.order_status(["5001"], channel=self.mine.code)
        self.assertEqual(status["order"], orders[0].name)
        (status,) = api.order_status([orders[1].name])
        self.assertEqual(status["order"], "")

    def test_api_imports_into_the_channel_of_its_caller(self):
        api = self.env["oms.api"].with_user(self.member)
        payload = self.PAYLOAD | {"id": 5002}
        api.import_orders(self.mine.code, [payload], format=self.PLATFORM, wait=False)
        message = self.env["oms.channel.message"].search([("external_id", "=", "5002")])
        self.assertEqual(message.channel_id, self.mine)

    def test_settings_of_the_other_are_not_seen(self):
        self.assertEqual(self._see(self.mine + self.other), self.mine)
        mapped = self.env["oms.channel.location"].create(
            [
                {"channel_id": channel.id, "external_id": "1", "name": "Store"}
                for channel in (self.mine, self.other)
            ]
        )
        carriers = self.env["oms.channel.carrier"].create(
            [
                {"channel_id": channel.id, "name": "Express"}
                for channel in (self.mine, self.other)
            ]
        )
        setups = self.env["oms.channel.setup"].create(
            [{"channel_id": channel.id} for channel in (self.mine, self.other)]
        )
        for records in (mapped, carriers, setups):
            with self.subTest(records._name):
                self.assertEqual(self._see(records).channel_id, self.mine)

    def test_channel_of_another_company_is_not_written(self):
        with self.assertRaises(AccessError):
            self.other.with_user(self.member).name = "Mine now"


class TestIsolationWoocommerce(TestIsolation):
    PLATFORM = "woocommerce"
    SIGNATURE = "X-WC-Webhook-Signature"
    PAYLOAD = {"id": 5001, "date_modified_gmt": "2026-01-02T03:04:05"}


class TestIsolationFile(IsolationCommon):
    """The same for files, which nobody signs: who may bring one decides."""

    PLATFORM = "file"
    CONTENT = b'{"external_id": "F-1", "placed_at": "2026-01-02T03:04:05Z"}'

    def _store_both(self):
        files = self.env["oms.channel.file"]
        for channel in (self.mine, self.other):
            files += files._store(channel, "orders.json", self.CONTENT)
        return files

    def _create_formats(self):
        return self.env["oms.file.format"].create(
            [
                {
                    "name": channel.name,
                    "channel_id": channel.id,
                    "sample": base64.b64encode(self.CONTENT),
                    "column_ids": [fields.Command.create({"source": "Nr"})],
                }
                for channel in (self.mine, self.other)
            ]
        )

    def _as_member(self, model):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[model].with_user(self.member)

    def test_same_file_is_a_file_of_each(self):
        files = self._store_both()
        self.assertEqual(files.channel_id, self.mine + self.other)
        self.assertEqual(self._see(files), files[0])

    def test_same_order_document_is_an_order_of_each(self):
        orders = self._import_both()
        self.assertEqual(self._see(orders), orders[0])

    def test_file_is_read_by_a_format_of_its_channel(self):
        self._create_formats().kind = "x12"
        formats = self.env["oms.file.format"]
        self.other.file_format_ids.kind = "json"
        kinds = [
            formats._get_format(channel, "orders").kind
            for channel in (self.mine, self.other)
        ]
        self.assertEqual(kinds, ["x12", "json"])

    def test_formats_and_columns_of_the_other_are_not_seen(self):
        formats = self._create_formats()
        self.assertEqual(self._see(formats), formats[0])
        self.assertEqual(self._see(formats.column_ids), formats[0].column_ids)

    def test_file_is_not_brought_into_the_other_channel(self):
        upload = self._as_member("oms.channel.upload").create(
            {
                "channel_id": self.other.id,
                "name": "orders.json",
                "content": base64.b64encode(self.CONTENT),
            }
        )
        with self.assertRaises(AccessError):
            upload.action_upload()

    def test_sample_of_the_other_is_not_tried_and_not_shown(self):
        formats = self._create_formats()
        trial = self._as_member("oms.file.trial").create({"format_id": formats[1].id})
        for act in (trial.action_try, lambda: trial.read(["sample", "sample_name"])):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                act()

    def test_other_file_is_not_imported_again(self):
        file = self._store_both()[1].with_user(self.member)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            file.action_import()

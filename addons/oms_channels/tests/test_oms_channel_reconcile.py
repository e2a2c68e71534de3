# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from psycopg2.errors import DivisionByZero

from odoo import fields
from odoo.tools import mute_logger

from emulators.shopify import orders

from .test_connector_shopify import ShopifyCommon


class TestReconcile(ShopifyCommon):
    def setUp(self):
        super().setUp()
        with self.shop.store.lock:
            self.lost = orders.place(self.shop.store, {"plain": True})
        # As after a restored backup: the cursor is beyond the order.
        self.channel.fetched_until = fields.Datetime.now() + timedelta(hours=1)
        self.since = fields.Datetime.now() - timedelta(days=7)

    def _find(self):
        return self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", self.channel.id),
                ("oms_external_id", "=", str(self.lost.id)),
            ]
        )

    def test_order_that_was_lost_is_found_and_imported(self):
        self.channel._fetch()
        self.assertFalse(self._find())
        self.assertEqual(self.channel._reconcile(self.since), 1)
        self.channel._process_inbox()
        self.assertTrue(self._find())

    def test_error_of_the_database_is_told_as_it_is(self):
        # The job must know it, to begin anew.
        def read_pages(connector, channel, since, cursor=None):
            if not cursor:
                return [{"id": 1, "updated_at": "2026-03-01T10:00:00Z"}], "next"
            return channel.env.cr.execute("SELECT 1 / 0")

        self.patch(type(self.env["oms.connector.shopify"]), "_fetch_orders", read_pages)
        with mute_logger("odoo.sql_db"), self.assertRaises(DivisionByZero):
            self.channel._fetch()

    def test_second_comparison_finds_nothing(self):
        self.channel._reconcile(self.since)
        self.channel._reconcile(self.since)
        self.assertEqual(self.channel.reconciled_found, 0)

    def test_shop_that_fails_meanwhile_is_told(self):
        self.shop.faults.set({"error_5xx_before": True})
        self.channel._reconcile(self.since)
        self.assertIn("503", self.channel.last_error)
        self.assertFalse(self.channel.reconciled_at)

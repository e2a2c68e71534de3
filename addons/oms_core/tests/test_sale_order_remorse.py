# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import OmsCommon

NOW = fields.Datetime.to_datetime("2026-03-04 10:00:00")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSaleOrderRemorse(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.remorse_minutes = 20

    def _get_window(self, order):
        return order.oms_hold_ids.filtered(lambda hold: hold.type_id.code == "remorse")

    def test_order_waits_until_the_window_is_over(self):
        self.assertEqual(
            self._get_window(self._create_order()).release_date,
            NOW + timedelta(minutes=20),
        )

    def test_window_is_counted_from_the_buyer_s_order(self):
        order = self._create_order(
            oms_external_id="TEST-1", date_order=NOW - timedelta(minutes=15)
        )
        self.assertEqual(
            self._get_window(order).release_date, NOW + timedelta(minutes=5)
        )

    def test_order_older_than_the_window_goes_on(self):
        order = self._create_order(
            oms_external_id="TEST-1", date_order=NOW - timedelta(hours=3)
        )
        self.assertFalse(self._get_window(order))

    def test_stock_is_kept_meanwhile(self):
        order = self._create_order()
        self.assertEqual(order.picking_ids.state, "assigned")

    def test_channel_without_a_window_holds_nothing(self):
        self.channel.remorse_minutes = 0
        self.assertFalse(self._create_order().oms_hold_ids)

    def test_order_goes_on_by_itself(self):
        order = self._create_order()
        with freeze_time(NOW + timedelta(minutes=21)):
            with self.enter_registry_test_mode():
                cron = self.env.ref("oms_core.ir_cron_release_due_holds")
                cron.method_direct_trigger()
        self.assertFalse(order.oms_open_hold_ids)

    def test_cron_is_woken_at_the_minute(self):
        self._create_order()
        cron = self.env.ref("oms_core.ir_cron_release_due_holds")
        wanted = NOW + timedelta(minutes=20)
        self.assertTrue(
            self.env["ir.cron.trigger"].search_count(
                [("cron_id", "=", cron.id), ("call_at", "=", wanted)]
            )
        )

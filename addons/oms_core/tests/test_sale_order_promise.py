# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_promise import MONDAY, PromiseCommon, at


@tagged("post_install", "-at_install")
class TestSaleOrderPromise(PromiseCommon):
    # === AT THE SALE ===

    def test_confirmed_order_is_promised_the_next_collection(self):
        order = self._create_order()
        self.assertEqual(order.oms_ship_by, at("2026-01-05 16:00:00"))  # 17 in Paris
        self.assertEqual(order.oms_deliver_by, date(2026, 1, 7))

    def test_quotation_promises_nothing(self):
        self.assertFalse(self._create_order(confirm=False).oms_ship_by)

    def test_services_are_promised_nothing(self):
        service = self._create_product("TEST-ADVICE", type="service")
        self.assertFalse(self._create_order([(service, 1)]).oms_ship_by)

    def test_order_after_the_cut_off_leaves_the_next_day(self):
        order = self._create_order(date_order=at("2026-01-05 13:01:00"))
        self.assertEqual(order.oms_ship_by, at("2026-01-06 16:00:00"))

    def test_holiday_of_the_calendar_is_skipped(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Inventory",
                "calendar_id": self.calendar.id,
                "date_from": "2026-01-05 00:00:00",
                "date_to": "2026-01-05 22:00:00",
            }
        )
        self.assertEqual(self._create_order().oms_ship_by.day, 6)

    def test_holiday_of_another_company_is_nothing_to_us(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Their day",
                "calendar_id": False,
                "date_from": "2026-01-05 00:00:00",
                "date_to": "2026-01-05 22:00:00",
            }
        )
        leave.company_id = company
        self.assertEqual(self._create_order().oms_ship_by.day, 5)

    def test_holiday_of_the_carrier_delays_the_arrival(self):
        holidays = self.calendar.copy({"name": "Carrier"})
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Epiphany",
                "calendar_id": holidays.id,
                "date_from": "2026-01-06 00:00:00",
                "date_to": "2026-01-06 22:00:00",
            }
        )
        self.carrier.oms_holiday_calendar_id = holidays
        self.assertEqual(self._create_order().oms_deliver_by, date(2026, 1, 8))

    def test_lead_time_of_a_product_comes_before_the_collection(self):
        self.lamp.sale_delay = 3
        order = self._create_order([(self.mug, 1), (self.lamp, 1)])
        self.assertEqual(order.oms_ship_by, at("2026-01-08 16:00:00"))

    def test_order_of_two_places_is_promised_when_the_slower_one_is_done(self):
        self.other_warehouse.oms_lead_hours = 12
        self._add_stock(self.mug, 5, self.other_warehouse)
        order = self._create_order([(self.mug, 12)], confirm=False)
        order.order_line.oms_sourcing = [
            [self.warehouse.id, 10],
            [self.other_warehouse.id, 2],
        ]
        order.oms_channel_id = False  # nobody routes it again
        order.date_order = MONDAY
        order.action_confirm()
        self.assertEqual(order.oms_ship_by, at("2026-01-06 16:00:00"))

    def test_unconfigured_place_works_when_the_company_does(self):
        self.warehouse.oms_calendar_id = False
        self.company.resource_calendar_id = self.calendar
        self.assertEqual(self._create_order().oms_ship_by, at("2026-01-05 16:00:00"))

    def test_company_without_working_time_works_from_monday_to_friday(self):
        self.warehouse.oms_calendar_id = False
        self.company.resource_calendar_id = False
        order = self._create_order(date_order=at("2026-01-10 09:00:00"))
        self.assertEqual(order.oms_ship_by, at("2026-01-12 16:00:00"))

    def test_place_without_a_clock_takes_that_of_its_address(self):
        partner = self.env["res.partner"].create({"name": "P", "tz": "Asia/Tokyo"})
        place = self._create_warehouse("Far East", "FAR")
        place.partner_id = partner
        self.assertEqual(place.oms_tz, "Asia/Tokyo")

    @mute_logger("odoo.sql_db")
    def test_cut_off_is_a_time_of_the_day(self):
        with self.assertRaises(CheckViolation):
            self.warehouse.oms_cut_off = 25
            self.env.flush_all()

    def test_history_tells_what_was_promised_and_how(self):
        event = self._get_history(self._create_order())
        self.assertIn("by Mon 5 Jan 2026 17:00 (Europe/Paris)", event.sentence)
        self.assertEqual(event.data["work_begins"], "2026-01-05T09:00:00+00:00")

    def test_deadline_of_the_transfer_is_the_promise(self):
        order = self._create_order()
        self.assertEqual(order.picking_ids.date_deadline, order.oms_ship_by)

    def test_promises_of_30_orders_cost_as_many_queries_as_of_5(self):
        orders = self.env["sale.order"].union(
            *(self._create_order(confirm=False) for _i in range(30))
        )

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._oms_promise()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(orders[:2])
        self.assertEqual(count(orders[2:7]), count(orders[7:]))

    # === WHAT WAS ASKED FOR ===

    def test_date_that_the_customer_asked_for_is_kept(self):
        order = self._create_order(commitment_date=at("2026-01-20 11:00:00"))
        self.assertEqual(order.oms_deliver_by, date(2026, 1, 20))
        self.assertEqual(order.oms_ship_by, at("2026-01-16 16:00:00"))
        self.assertFalse(order.oms_promise_broken)

    def test_date_that_cannot_be_kept_is_said_so(self):
        order = self._create_order(commitment_date=at("2026-01-06 11:00:00"))
        self.assertTrue(order.oms_promise_broken)
        self.assertEqual(order.oms_deliver_by, date(2026, 1, 7))
        self.assertIn("cannot be kept", self._get_history(order).sentence)

    def test_another_date_asked_for_after_the_sale_is_promised_anew(self):
        order = self._create_order()
        asked = fields.Datetime.now() + timedelta(days=40)
        order.commitment_date = asked
        self.assertEqual(order.oms_deliver_by, asked.date())
        self.assertEqual(order.picking_ids.date_deadline, order.oms_ship_by)
        self.assertEqual(len(self._get_history(order)), 2)

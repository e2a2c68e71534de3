# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from datetime import date, timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import OmsCommon

_at = fields.Datetime.to_datetime
MONDAY = _at("2026-01-05 09:00:00")  # of winter: Paris is an hour ahead of UTC


class PromiseCommon(OmsCommon):
    """A place in Paris that works from 8 to 12 and from 13 to 17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Eight to Five",
                "tz": "Europe/Paris",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": f"{day} {start}",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                    for day in range(5)
                    for start, end in ((8, 12), (13, 17))
                ],
            }
        )
        for place in cls.warehouse | cls.other_warehouse:
            place.write({"oms_tz": "Europe/Paris", "oms_calendar_id": cls.calendar.id})
        # The only place of the channel: where routing is installed, it agrees.
        cls.channel.warehouse_ids = cls.warehouse
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "Test Express",
                "product_id": cls._create_product("TEST-SHIP", type="service").id,
                "oms_transit_min": 1,
                "oms_transit_max": 2,
            }
        )

    @classmethod
    def _create_order(cls, *args, **values):
        """Ordered on a Monday morning through the channel."""
        values = {
            "carrier_id": cls.carrier.id,
            "oms_external_id": f"T-{cls.env['sale.order'].search_count([])}",
            "date_order": MONDAY,
            **values,
        }
        return super()._create_order(*args, **values)

    def _make_due(self, orders, moment):
        orders._write_oms_promises(dict.fromkeys(orders, (moment, moment, False)))
        orders.flush_recordset()

    def _get_history(self, order):
        events = order.oms_event_ids.filtered(lambda event: event.kind == "promise")
        return events.sorted("id")


@tagged("post_install", "-at_install")
class TestSaleOrderPromise(PromiseCommon):
    # === AT THE SALE ===

    def test_confirmed_order_is_promised_the_next_collection(self):
        order = self._create_order()
        self.assertEqual(order.oms_ship_by, _at("2026-01-05 16:00:00"))  # 17 in Paris
        self.assertEqual(order.oms_deliver_by, date(2026, 1, 7))

    def test_quotation_promises_nothing(self):
        self.assertFalse(self._create_order(confirm=False).oms_ship_by)

    def test_services_are_promised_nothing(self):
        service = self._create_product("TEST-ADVICE", type="service")
        self.assertFalse(self._create_order([(service, 1)]).oms_ship_by)

    def test_order_after_the_cut_off_leaves_the_next_day(self):
        order = self._create_order(date_order=_at("2026-01-05 13:01:00"))
        self.assertEqual(order.oms_ship_by, _at("2026-01-06 16:00:00"))

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
        self.assertEqual(order.oms_ship_by, _at("2026-01-08 16:00:00"))

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
        self.assertEqual(order.oms_ship_by, _at("2026-01-06 16:00:00"))

    def test_unconfigured_place_works_when_the_company_does(self):
        self.warehouse.oms_calendar_id = False
        self.company.resource_calendar_id = self.calendar
        self.assertEqual(self._create_order().oms_ship_by, _at("2026-01-05 16:00:00"))

    def test_company_without_working_time_works_from_monday_to_friday(self):
        self.warehouse.oms_calendar_id = False
        self.company.resource_calendar_id = False
        order = self._create_order(date_order=_at("2026-01-10 09:00:00"))
        self.assertEqual(order.oms_ship_by, _at("2026-01-12 16:00:00"))

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
        order = self._create_order(commitment_date=_at("2026-01-20 11:00:00"))
        self.assertEqual(order.oms_deliver_by, date(2026, 1, 20))
        self.assertEqual(order.oms_ship_by, _at("2026-01-16 16:00:00"))
        self.assertFalse(order.oms_promise_broken)

    def test_date_that_cannot_be_kept_is_said_so(self):
        order = self._create_order(commitment_date=_at("2026-01-06 11:00:00"))
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

    # === FROZEN ===

    def test_promise_is_not_overwritten(self):
        with self.assertRaisesRegex(UserError, "Promise Anew"):
            self._create_order().write({"oms_ship_by": "2027-01-01 00:00:00"})

    def test_promise_stands_when_the_place_changes_its_hours(self):
        order = self._create_order()
        self.warehouse.oms_lead_hours = 80
        order._oms_promise()
        self.assertEqual(order.oms_ship_by, _at("2026-01-05 16:00:00"))

    def test_promise_stands_when_goods_are_added(self):
        order = self._create_order()
        order.order_line.product_uom_qty = 3
        self.assertEqual(order.picking_ids.date_deadline, order.oms_ship_by)
        self.assertEqual(len(order.picking_ids.move_ids), 1)

    def test_promise_stands_when_the_lead_time_of_a_line_changes(self):
        order = self._create_order()
        order.order_line.customer_lead = 9
        self.assertEqual(order.picking_ids.date_deadline, order.oms_ship_by)

    def test_order_that_is_sold_again_is_promised_again(self):
        order = self._create_order()
        order._action_cancel()
        order.action_draft()
        self.assertFalse(order.oms_ship_by)
        order.action_confirm()
        self.assertTrue(order.oms_ship_by)

    def test_promise_made_anew_has_its_reason_in_the_history(self):
        order = self._create_order()
        wizard = self.env["oms.promise.change"].create(
            {"order_ids": order.ids, "reason": "the supplier is late"}
        )
        wizard.action_promise()
        self.assertGreater(order.oms_ship_by, fields.Datetime.now())
        self.assertIn("the supplier is late", self._get_history(order)[-1].sentence)
        self.assertEqual(order.picking_ids.date_deadline, order.oms_ship_by)

    def test_person_promises_the_dates_that_he_knows(self):
        order = self._create_order()
        self.env["oms.promise.change"].create(
            {
                "order_ids": order.ids,
                "reason": "agreed by phone",
                "how": "given",
                "ship_by": "2030-05-06 10:00:00",
                "deliver_by": "2030-05-08",
            }
        ).action_promise()
        self.assertEqual(order.oms_ship_by, _at("2030-05-06 10:00:00"))
        self.assertEqual(order.oms_deliver_by, date(2030, 5, 8))

    def test_nothing_arrives_before_it_leaves(self):
        wizard = self.env["oms.promise.change"].create(
            {
                "order_ids": self._create_order().ids,
                "reason": "a slip",
                "how": "given",
                "ship_by": "2030-05-06 10:00:00",
                "deliver_by": "2030-05-05",
            }
        )
        with self.assertRaisesRegex(UserError, "Correct one of them"):
            wizard.action_promise()

    def test_sent_order_is_not_promised_anew(self):
        order = self._create_order()
        self._ship(order)
        wizard = self.env["oms.promise.change"].create(
            {"order_ids": order.ids, "reason": "too late"}
        )
        with self.assertRaisesRegex(UserError, "everything has left"):
            wizard.action_promise()

    def test_salesperson_alone_does_not_promise_anew(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.env["oms.promise.change"].with_user(seller).create({"reason": "x"})


@tagged("post_install", "-at_install")
class TestLateOrders(PromiseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = fields.Datetime.now()

    def _filter(self, name):
        """The test channel's orders that a filter of the list shows."""
        arch = self.env.ref("oms_core.sale_order_view_search")._get_combined_arch()
        [node] = arch.xpath(f"//filter[@name='{name}']")
        domain = fields.Domain(literal_eval(node.get("domain")))
        return self.env["sale.order"].search(
            domain & fields.Domain("oms_channel_id", "=", self.channel.id)
        )

    def test_filters_find_late_orders_and_those_about_to_be(self):
        late, soon, later, sent = (self._create_order() for _i in range(4))
        self._make_due(late, self.now - timedelta(minutes=1))
        self._make_due(soon, self.now + timedelta(hours=1))
        self._make_due(later, self.now + timedelta(days=2))
        self._ship(sent)
        self.assertEqual(self._filter("late"), late)
        self.assertEqual(self._filter("late_soon"), soon)

    def test_order_to_leave_until_midnight_is_late_today(self):
        order = self._create_order()
        self._make_due(order, order._get_oms_end_of_today() - timedelta(seconds=1))
        self.assertEqual(self._filter("late_today"), order)

    def test_date_that_cannot_be_kept_is_found(self):
        order = self._create_order(commitment_date=_at("2026-01-06 11:00:00"))
        self.assertEqual(self._filter("promise_broken"), order)

    def test_colour_tells_late_from_soon(self):
        order = self._create_order()
        for case, delta, state in [
            ("a minute ago", timedelta(minutes=-1), "late"),
            ("in an hour", timedelta(hours=1), "soon"),
            ("in two days", timedelta(days=2), "on_time"),
        ]:
            with self.subTest(case=case):
                self._make_due(order, self.now + delta)
                self.assertEqual(order.oms_promise_state, state)

    def test_sent_order_has_no_colour(self):
        order = self._create_order()
        self._ship(order)
        self.assertFalse(order.oms_promise_state)

    def test_late_orders_are_read_from_their_index(self):
        """Also of a small table, if only the reading of all of it is forbidden."""
        orders = self.env["sale.order"].sudo()
        query = orders._search(orders._get_oms_due_domain(None, self.now))
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        self.assertIn("_oms_unsent_ship_by_idx", "\n".join(row for (row,) in plan))

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, timedelta

import psycopg2

from odoo import fields
from odoo.tools import mute_logger

from .test_oms_control_tower import ControlTowerCommon


class TestControlTowerPlaces(ControlTowerCommon):
    """What a place has to send today."""

    def _create_due_order(self, lines=None, **ahead):
        """An order to leave now, or so much later."""
        order = self._create_order(lines)
        self._promise(order, fields.Datetime.now() + timedelta(**ahead))
        return order

    def _get_counts(self, *codes):
        node = self._get_node(self.warehouse)
        return [node[code]["count"] for code in codes]

    def test_ready_delivery_loads_its_place(self):
        self._create_due_order()
        self.assertEqual(self._get_counts("ready", "waiting"), [1, 0])

    def test_held_delivery_is_not_ready(self):
        self._hold(self._create_due_order(), "manual")
        self.assertEqual(self._get_counts("ready", "held"), [0, 1])

    def test_delivery_without_goods_waits(self):
        self._create_due_order([(self._create_product("TEST-RARE"), 1)])
        self.assertEqual(self._get_counts("ready", "waiting"), [0, 1])

    def test_delivery_of_another_day_is_no_load_of_today(self):
        self._create_due_order(days=3)
        self.assertEqual(self._get_counts("total", "ready", "later"), [1, 0, 1])

    def test_delivery_that_nobody_promised_may_leave_today(self):
        order = self._create_due_order()
        order.picking_ids.date_deadline = False
        self.assertEqual(self._get_counts("ready"), [1])

    def test_what_has_left_today_is_load_of_today(self):
        self._ship(self._create_due_order())
        node = self._get_node(self.warehouse)
        self.assertEqual((node["sent"]["count"], node["load"]), (1, 1))

    def test_what_left_another_day_is_no_load(self):
        order = self._create_due_order()
        self._age(self._ship(order), "date_done", days=2)
        self.assertEqual(self._get_node(self.warehouse)["load"], 0)

    def test_load_is_told_beside_the_capacity(self):
        self.warehouse.oms_daily_capacity = 40
        self.assertEqual(self._get_node(self.warehouse)["capacity"], 40)

    def test_capacity_is_not_negative(self):
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
        ):
            self.warehouse.oms_daily_capacity = -1
            self.env.flush_all()

    def test_next_cut_off_is_that_of_the_working_time(self):
        self.warehouse.oms_cut_off = 14
        page = self._get_page()
        [place] = self.warehouse._get_oms_places(fields.Datetime.now()).values()
        now = fields.Datetime.to_datetime(page["now"]).replace(tzinfo=UTC)
        expected = place.get_next_cut_off(now).replace(tzinfo=None)
        [node] = [n for n in page["nodes"] if n["id"] == self.warehouse.id]
        self.assertEqual(node["cut_off"], fields.Datetime.to_string(expected))

    def test_place_without_a_cut_off_has_none(self):
        self.warehouse.oms_cut_off = 24
        self.assertIsNone(self._get_node(self.warehouse)["cut_off"])

    def test_place_without_deliveries_is_shown_with_nothing(self):
        self.assertEqual(self._get_node(self.other_warehouse)["total"]["count"], 0)

    def test_ten_places_more_take_as_many_queries(self):
        def count(number):
            for _n in range(number):
                self._places += 1
                self._create_warehouse(f"Place {self._places}", f"P{self._places}")
            self._get_page()
            self.env.flush_all()
            self.env.invalidate_all()
            self.user.read(["tz"])
            before = self.env.cr.sql_log_count
            self._get_page()
            return self.env.cr.sql_log_count - before

        self._places = 0
        few = count(2)
        self.assertEqual(count(8), few)


class TestControlTowerNeeds(ControlTowerCommon):
    """The tiles, by channel and by place."""

    def _get_cell(self, kind, record, code):
        needs = self._get_page(channel=False)["needs"]
        index = [column["code"] for column in needs["columns"]].index(code)
        [row] = [
            row
            for row in needs["rows"]
            if (row["kind"], row["id"]) == (kind, record.id)
        ]
        return row["cells"][index]["count"]

    def test_held_order_needs_a_person_of_its_channel(self):
        self._hold(self._create_order(), "manual")
        self.assertEqual(self._get_cell("channel", self.channel, "review"), 1)

    def test_held_order_needs_a_person_of_its_place(self):
        self._hold(self._create_order(), "manual")
        self.assertEqual(self._get_cell("node", self.warehouse, "review"), 1)

    def test_place_where_all_is_in_order_is_left_out(self):
        self._hold(self._create_order(), "manual")
        rows = self._get_page(channel=False)["needs"]["rows"]
        self.assertNotIn(
            ("node", self.other_warehouse.id),
            [(row["kind"], row["id"]) for row in rows],
        )

    def test_what_nobody_needs_has_no_column(self):
        self._hold(self._create_order(), "manual")
        columns = self._get_page()["needs"]["columns"]
        self.assertEqual([column["code"] for column in columns], ["review"])

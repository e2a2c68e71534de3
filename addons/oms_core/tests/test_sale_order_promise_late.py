# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .common_promise import PromiseCommon, at


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
        order = self._create_order(commitment_date=at("2026-01-06 11:00:00"))
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

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_promise import PromiseCommon, at


@tagged("post_install", "-at_install")
class TestPromiseKept(PromiseCommon):
    """A promise is frozen; a person with a reason makes it anew."""

    def test_promise_is_not_overwritten(self):
        with self.assertRaisesRegex(UserError, "Promise Anew"):
            self._create_order().write({"oms_ship_by": "2027-01-01 00:00:00"})

    def test_promise_stands_when_the_place_changes_its_hours(self):
        order = self._create_order()
        self.warehouse.oms_lead_hours = 80
        order._oms_promise()
        self.assertEqual(order.oms_ship_by, at("2026-01-05 16:00:00"))

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
        self.assertEqual(order.oms_ship_by, at("2030-05-06 10:00:00"))
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

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError

from .common import OmsCommon


class TestOmsHold(OmsCommon):
    def test_held_order_asks_for_no_goods(self):
        order = self._create_order(confirm=False)
        self._hold(order, "unknown_product")
        order.action_confirm()
        self.assertFalse(order.picking_ids)

    def test_released_order_reserves_its_goods(self):
        order = self._create_order(confirm=False)
        hold = self._hold(order, "channel_change")
        order.action_confirm()
        hold._release("checked")
        self.assertEqual(order.picking_ids.state, "assigned")

    def test_order_with_a_second_hold_stays_held(self):
        order = self._create_order(confirm=False)
        first = self._hold(order, "channel_change")
        self._hold(order, "total_mismatch")
        order.action_confirm()
        first._release("checked")
        self.assertFalse(order.picking_ids)

    def test_hold_that_does_not_block_allocation_keeps_the_stock(self):
        order = self._create_order(confirm=False)
        self._hold(order, "payment")
        order.action_confirm()
        self.assertEqual(order.picking_ids.state, "assigned")

    def test_held_order_is_not_shipped(self):
        order = self._create_order()
        self._hold(order, "payment", "no money yet")
        with self.assertRaisesRegex(UserError, "no money yet"):
            self._ship(order)

    def test_held_order_is_not_invoiced(self):
        order = self._create_order()
        self._hold(order, "tax_mismatch", "2.00 too much")
        with self.assertRaisesRegex(UserError, "2.00 too much"):
            order._create_invoices()

    def test_reservation_skips_an_order_held_after_confirmation(self):
        order = self._create_order()
        order.picking_ids.do_unreserve()
        self._hold(order, "channel_change")
        order.picking_ids.move_ids._action_assign()
        self.assertEqual(order.picking_ids.state, "confirmed")

    def test_the_same_hold_is_placed_once(self):
        order = self._create_order()
        self._hold(order, "manual")
        self.assertFalse(self._hold(order, "manual"))

    def test_release_twice_is_no_error(self):
        order = self._create_order()
        hold = self._hold(order, "manual")
        hold._release("once")
        hold._release("twice")
        self.assertEqual(hold.release_reason, "once")

    def test_hold_and_release_are_in_the_history(self):
        order = self._create_order()
        self._hold(order, "manual")._release("fine")
        self.assertEqual(
            order.oms_event_ids.sorted("id").mapped("kind")[-2:], ["hold", "release"]
        )

    def test_hold_releases_itself_when_its_time_is_over(self):
        self.env.ref("oms_core.hold_type_manual").release_after_hours = 1
        hold = self._hold(self._create_order(), "manual")
        hold.release_date = "2020-01-01 00:00:00"
        with self.enter_registry_test_mode():
            self.env.ref("oms_core.ir_cron_release_due_holds").method_direct_trigger()
        self.assertFalse(hold.is_open)

    def test_unknown_hold_type_is_refused_with_the_known_ones(self):
        with self.assertRaisesRegex(UserError, "unknown_product"):
            self._hold(self._create_order(), "no_such_type")

    def test_user_may_not_release_what_is_reserved_to_managers(self):
        hold = self._hold(self._create_order(), "fraud")
        user = self._create_user("oms_test_user", "oms_core.group_oms_user")
        with self.assertRaises(AccessError):
            hold.with_user(user)._release("looks fine")

    def test_manager_releases_what_is_reserved_to_managers(self):
        hold = self._hold(self._create_order(), "fraud")
        manager = self._create_user("oms_test_manager", "oms_core.group_oms_manager")
        hold.with_user(manager)._release("looks fine")
        self.assertEqual(hold.released_by_id, manager)

    def test_user_releases_an_ordinary_hold(self):
        order = self._create_order(confirm=False)
        hold = self._hold(order, "channel_change")
        order.action_confirm()
        user = self._create_user("oms_test_user", "oms_core.group_oms_user")
        hold.with_user(user)._release("called the buyer")
        self.assertEqual(order.picking_ids.state, "assigned")

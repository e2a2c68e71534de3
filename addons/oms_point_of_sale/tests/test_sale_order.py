# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestSaleOrder(PosCommon):
    """Orders that a till settles, hands over, or ships later."""

    def _get_event(self, order, kind):
        return order.oms_event_ids.filtered(lambda event: event.kind == kind)

    def test_order_of_another_channel_stays_there(self):
        order = self._create_order([(self.mug, 2)])
        self._settle(order)
        self.assertEqual(order.oms_channel_id, self.web)

    def test_quotation_without_a_channel_is_sold_by_the_till(self):
        order = self._create_order([(self.mug, 2)], confirm=False, oms_channel_id=False)
        self._settle(order)
        self.assertEqual((order.state, order.oms_channel_id), ("sale", self.till))

    def test_order_handed_over_and_paid_is_closed(self):
        order = self._create_order([(self.mug, 2)])
        self._settle(order)
        self.assertEqual((order.oms_state, order.oms_payment_state), ("closed", "paid"))

    def test_order_handed_over_in_part_is_shipped_in_part(self):
        order = self._create_order([(self.mug, 4)])
        self._settle(order, quantity=1)
        self.assertEqual(order.oms_state, "partially_shipped")

    def test_goods_handed_over_are_promised_no_more(self):
        self._settle(self._create_order([(self.mug, 2)]))
        self.assertEqual(self._get_available(), 8)

    def test_goods_handed_over_are_shipped_before_the_session_is_closed(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        order = self._create_order([(self.mug, 2)])
        self._settle(order)
        self.assertEqual((order.oms_state, self._get_available()), ("closed", 8))

    def test_order_settled_and_shipped_later_waits_for_its_transfer(self):
        order = self._create_order([(self.mug, 2)])
        self._settle(order, shipping_date="2030-01-01")
        self.assertEqual(
            (order.oms_state, order.oms_payment_state), ("allocated", "paid")
        )

    def test_order_settled_and_shipped_later_is_shipped_with_its_transfer(self):
        order = self._create_order([(self.mug, 2)])
        receipt = self._settle(order, shipping_date="2030-01-01")
        self._ship(receipt)
        self.assertEqual(order.oms_state, "shipped")

    def test_history_says_where_it_was_paid(self):
        order = self._create_order([(self.mug, 2)])
        receipt = self._settle(order)
        self.assertRegex(
            self._get_event(order, "payment").sentence,
            rf"paid with Test Cash \({receipt.pos_reference}\)",
        )

    def test_history_says_where_it_was_handed_over(self):
        order = self._create_order([(self.mug, 2)])
        receipt = self._settle(order)
        self.assertEqual(
            self._get_event(order, "delivery").sentence,
            f"Handed over at Test Till ({receipt.pos_reference}).",
        )

    def test_receipt_sent_twice_is_paid_once(self):
        order = self._create_order([(self.mug, 2)])
        receipt = self._settle(order)
        receipt._settle_oms_sales()
        self.assertEqual(len(order.oms_payment_ids), 1)

    def test_money_of_the_till_is_booked_by_its_session_alone(self):
        order = self._create_order([(self.mug, 4)])
        self._settle(order, quantity=1)
        self._invoice(order)
        self.assertFalse(order.oms_payment_ids.payment_id)

    def test_refund_at_the_till_is_known_on_the_order(self):
        order = self._create_order([(self.mug, 2)])
        receipt = self._settle(order)
        back = {"refunded_orderline_id": receipt.lines.id}
        self._sell((self.mug, -1, back))
        self.assertEqual(order.oms_payment_state, "partially_refunded")

    # === HOLDS ===

    def test_goods_of_a_held_order_are_not_handed_over(self):
        order = self._create_order([(self.mug, 2)])
        self._hold(order, "fraud")
        with self.assertRaisesRegex(UserError, order.name):
            order.load_sale_order_from_pos(self.config.id)

    def test_order_that_waits_for_its_money_is_paid_at_the_till(self):
        order = self._create_order([(self.mug, 2)])
        self._hold(order, "payment")
        self._sell((self.lamp, 1))
        order.load_sale_order_from_pos(self.config.id)
        self._settle(order)
        self.assertFalse(order.oms_open_hold_ids)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import OmsCommon


class TestSaleOrderShortage(OmsCommon):
    def _order_too_many(self):
        return self._create_order([(self.mug, 12)])

    def test_order_waits_for_goods_unless_the_channel_says_otherwise(self):
        self.assertEqual(self._order_too_many().oms_state, "backordered")

    def test_channel_that_lets_nobody_wait_refuses(self):
        self.channel.out_of_stock = "unfillable"
        self.assertEqual(self._order_too_many().oms_state, "unfillable")

    def test_refusal_is_told_in_the_history(self):
        self.channel.out_of_stock = "unfillable"
        notes = self._order_too_many().oms_event_ids.filtered(
            lambda event: event.kind == "note"
        )
        self.assertIn("does not let buyers wait", notes.sentence)

    def test_order_that_gets_its_goods_is_not_refused(self):
        self.channel.out_of_stock = "unfillable"
        self.assertEqual(self._create_order().oms_state, "allocated")

    def test_goods_that_come_later_are_reserved_all_the_same(self):
        self.channel.out_of_stock = "unfillable"
        order = self._order_too_many()
        self._add_stock(self.mug, 5)
        order.picking_ids.action_assign()
        self.assertEqual(order.oms_state, "allocated")

    def test_order_released_too_late_is_refused_too(self):
        self.channel.out_of_stock = "unfillable"
        order = self._create_order([(self.mug, 8)], confirm=False)
        hold = self._hold(order, "unknown_product")
        order.action_confirm()
        self._create_order([(self.mug, 8)])
        hold._release("found")
        self.assertEqual(order.oms_state, "unfillable")

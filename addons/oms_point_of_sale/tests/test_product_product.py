# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestProductProduct(PosCommon):
    """What a till sells is gone at once, whenever its stock is updated."""

    def _sell_at_closing(self, *goods, **values):
        """The stock of this session is updated when it is closed."""
        self.company.point_of_sale_update_stock_quantities = "closing"
        return self._sell(*goods, **values)

    def test_goods_over_the_counter_are_gone_at_once(self):
        self._sell((self.mug, 3))
        self.assertEqual(self._get_available(), 7)

    def test_goods_shipped_later_are_promised_at_once(self):
        self._ship_later((self.mug, 3))
        self.assertEqual(self._get_available(), 7)

    def test_goods_of_an_open_session_are_gone_before_it_is_closed(self):
        self._sell_at_closing((self.mug, 3))
        self.assertEqual(self._get_available(), 7)

    def test_web_shop_is_told_less_before_the_session_is_closed(self):
        self._sell_at_closing((self.mug, 3))
        answer = self.mug._get_oms_availability(self.warehouse, self.web)
        self.assertEqual(answer.channels[self.mug.id, self.web.id], 7)

    def test_overview_shows_goods_of_an_open_session_as_promised(self):
        self._sell_at_closing((self.mug, 3))
        self.env.flush_all()
        [shelf] = self.env["oms.availability"].search(
            [
                ("product_id", "=", self.mug.id),
                ("warehouse_id", "=", self.warehouse.id),
            ]
        )
        self.assertEqual((shelf.promised, shelf.available), (3, 7))

    def test_list_of_channels_shows_what_an_open_session_leaves(self):
        self._sell_at_closing((self.mug, 3))
        self.env.flush_all()
        [offer] = self.env["oms.channel.availability"].search(
            [("product_id", "=", self.mug.id), ("channel_id", "=", self.web.id)]
        )
        self.assertEqual(offer.sellable, 7)

    def test_goods_are_counted_once_when_the_session_is_closed(self):
        self._sell_at_closing((self.mug, 3))
        session = self.config.current_session_id
        session.post_closing_cash_details(session.cash_register_balance_end)
        session.close_session_from_ui()
        self.assertEqual((session.state, self._get_available()), ("closed", 7))

    def test_goods_brought_back_in_the_same_session_are_there_again(self):
        receipt = self._sell_at_closing((self.mug, 3))
        back = {"refunded_orderline_id": receipt.lines.id}
        self._sell((self.mug, -3, back))
        self.assertEqual(self._get_available(), 10)

    def test_goods_brought_back_are_sold_when_they_are_on_the_shelf(self):
        self._sell_at_closing((self.mug, -3))
        self.assertEqual(self._get_available(), 10)

    def test_kit_over_the_counter_takes_its_parts(self):
        kit = self._create_kit("TEST-SET", [(self.mug, 2)])
        self._sell_at_closing((kit, 3))
        self.assertEqual(self._get_available(), 4)

    def test_goods_on_the_screen_of_a_till_are_not_sold(self):
        self._sell_at_closing((self.mug, 3), state="draft", payment_ids=[])
        self.assertEqual(self._get_available(), 10)

    def test_till_of_another_place_takes_nothing_here(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        other = self._create_config("West Till", self.other_warehouse)
        self._sell((self.mug, 3), config=other)
        self.assertEqual(self._get_available(), 10)

    def test_last_unit_goes_over_the_counter_though_it_was_reserved(self):
        order = self._create_order([(self.mug, 10)])
        self._sell((self.mug, 1))
        self.assertEqual((order.oms_state, self._get_available()), ("backordered", -1))

    def test_last_unit_goes_over_the_counter_though_its_order_is_held(self):
        order = self._create_order([(self.mug, 10)])
        self._hold(order, "fraud")
        receipt = self._sell((self.mug, 1))
        self.assertEqual(receipt.picking_ids.state, "done")

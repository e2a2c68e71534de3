# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .test_connector_shopify_money import ShopifyMoneyCommon


class TestClose(ShopifyMoneyCommon):
    def setUp(self):
        super().setUp()
        self.channel.close_orders = True
        self.placed, self.order = self._buy()

    def _close(self):
        messages = self.channel._queue_closings()
        self._send()
        return messages

    def test_shipped_and_paid_order_is_closed_in_the_shop(self):
        self._ship(self.order)
        self._close()
        self.assertTrue(self.placed.closed_at)

    def test_order_is_closed_once(self):
        self._ship(self.order)
        self._close()
        self.assertFalse(self._close())

    def test_order_that_has_not_left_stays_open(self):
        self.assertFalse(self._close())

    def test_order_that_is_not_paid_stays_open(self):
        _placed, order = self._buy(financial_status="authorized")
        self._ship(order)
        self.assertNotIn(order, self._close().order_id)

    def test_order_of_long_ago_is_left_as_it_is(self):
        self._ship(self.order)
        self.order.date_order = "2020-01-01"
        self.assertFalse(self._close())

    def test_channel_that_does_not_wish_it_closes_nothing(self):
        self._ship(self.order)
        self.channel.close_orders = False
        self.env["oms.channel"]._cron_close_orders()
        self._send()
        self.assertFalse(self.placed.closed_at)

    def test_history_tells_of_the_closing(self):
        self._ship(self.order)
        self._close()
        self.assertIn(
            "has closed the order",
            " ".join(self.order.oms_event_ids.mapped("sentence")),
        )

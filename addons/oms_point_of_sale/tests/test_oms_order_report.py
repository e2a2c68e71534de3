# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestOmsOrderReport(PosCommon):
    """Receipts are counted beside orders, each sale once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mug.standard_price = 4.0

    def _get_sums(self, channel, *fields):
        self.env.flush_all()
        [sums] = self.env["oms.order.report"]._read_group(
            [("channel_id", "=", channel.id)], [], [f"{name}:sum" for name in fields]
        )
        return sums

    def test_receipt_is_counted_for_its_channel(self):
        self._sell((self.mug, 3))
        self.assertEqual(
            self._get_sums(self.till, "orders", "units", "revenue", "cost", "margin"),
            (1, 3, 30.0, 12.0, 18.0),
        )

    def test_orders_and_receipts_of_a_shared_channel_are_added_up(self):
        self.config.oms_channel_id = self.web
        order = self._create_order([(self.mug, 2)])
        self._sell((self.mug, 3))
        self.assertEqual(
            self._get_sums(self.web, "orders", "revenue"),
            (2, order.amount_untaxed + 30.0),
        )

    def test_order_settled_at_a_till_is_counted_once(self):
        order = self._create_order([(self.mug, 2)])
        self._settle(order)
        self.assertEqual(
            (
                self._get_sums(self.web, "orders", "revenue"),
                self._get_sums(self.till, "orders"),
            ),
            ((1, order.amount_untaxed), (0,)),
        )

    def test_goods_brought_back_are_refunds(self):
        receipt = self._sell((self.mug, 3))
        self._sell((self.mug, -1, {"refunded_orderline_id": receipt.lines.id}))
        self.assertEqual(
            self._get_sums(self.till, "orders", "revenue", "refunds", "turnover"),
            (1, 30.0, 10.0, 20.0),
        )

    def test_discount_of_a_receipt_is_told(self):
        half = {"discount": 50, "price_subtotal": 5.0, "price_subtotal_incl": 5.0}
        self._sell((self.mug, 1, half))
        self.assertEqual(self._get_sums(self.till, "revenue", "discount"), (5.0, 5.0))

    def test_what_is_on_the_screen_of_a_till_is_not_counted(self):
        self._sell((self.mug, 1), state="draft", payment_ids=[])
        self.assertEqual(self._get_sums(self.till, "orders"), (0,))

    def test_line_of_a_receipt_leads_to_it(self):
        receipt = self._sell((self.mug, 1))
        self.env.flush_all()
        line = self.env["oms.order.report"].search([("channel_id", "=", self.till.id)])
        action = line.action_open_order()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("pos.order", receipt.id)
        )

    def test_line_of_an_order_leads_to_it(self):
        order = self._create_order([(self.mug, 1)])
        self.env.flush_all()
        line = self.env["oms.order.report"].search([("channel_id", "=", self.web.id)])
        self.assertEqual(line.action_open_order()["res_id"], order.id)

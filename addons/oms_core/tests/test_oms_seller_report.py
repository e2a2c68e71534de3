# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common_report import ReportCommon


class TestSellerReport(ReportCommon):
    def _sell(self, product, quantity, days):
        order = self._create_order([(product, quantity)], confirm=False)
        order.state = "sale"
        self._move_time(order, "date_order", days=days)
        return order

    def test_units_are_compared_with_the_days_before(self):
        self._sell(self.mug, 6, days=1)
        self._sell(self.mug, 4, days=40)
        self.assertEqual(
            self._read("seller", ["units", "units_before", "trend"]),
            {"units": 6, "units_before": 4, "trend": 0.5},
        )

    def test_trend_of_a_total_is_the_trend_of_the_sums(self):
        self._sell(self.mug, 1, days=1)
        self._sell(self.mug, 4, days=40)
        self._sell(self.lamp, 9, days=1)
        self._sell(self.lamp, 1, days=40)
        self.assertEqual(self._read("seller", ["trend"]), {"trend": 1})

    def test_product_without_sales_before_has_no_trend(self):
        self._sell(self.mug, 1, days=1)
        self.assertFalse(self._read("seller", ["trend"])["trend"])

    def test_length_of_the_period_is_chosen(self):
        self._sell(self.mug, 1, days=1)
        self._sell(self.mug, 4, days=40)
        self.assertEqual(
            self._read("seller", ["units", "units_before"], oms_days=90),
            {"units": 5, "units_before": 0},
        )

    def test_cancelled_order_does_not_sell(self):
        self._sell(self.mug, 1, days=1).state = "cancel"
        self.assertFalse(self._read("seller", ["units"])["units"])

    def test_line_leads_to_its_orders(self):
        order = self._sell(self.mug, 1, days=1)
        self._sell(self.lamp, 1, days=1)
        line = self._report("seller").search(
            [("channel_id", "=", self.channel.id), ("product_id", "=", self.mug.id)]
        )
        action = line.action_open_orders()
        self.assertEqual(self.env["sale.order"].search(action["domain"]), order)

    def test_statements_do_not_grow_with_the_orders(self):
        def read():
            self._read("seller", ["units", "revenue", "trend"])

        self._sell(self.mug, 1, days=1)
        few = self._count_statements(read)
        for number in range(9):
            self._sell(self.mug, 1, days=number)
        self.assertEqual(self._count_statements(read), few)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestQueryCounts(ReturnsCommon):
    def _count(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def _count_requests(self, number):
        orders = self._deliver(self._create_order(count=number))
        requests = [
            {
                "order": order.name,
                "external_id": order.name,
                "lines": [{"sku": "MUG", "quantity": 1}],
            }
            for order in orders
        ]
        return self._count(lambda: self.env["oms.api"].create_returns(requests))[0]

    def test_requests_cost_the_same_number_of_queries_for_10_and_100(self):
        self._count_requests(2)
        self.assertEqual(self._count_requests(10), self._count_requests(100))

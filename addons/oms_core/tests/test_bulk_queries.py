# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common_bulk import BulkCommon


@tagged("post_install", "-at_install")
class TestBulkQueries(BulkCommon):
    """Statements belong to the batch, not to the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.mug | cls.lamp | cls.cup
        for product in cls.products:
            cls._add_stock(product, 10000)
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Buyer {number}"} for number in range(120)]
        )

    def _count(self, step):
        """Statements of a step with a cold cache, written out; and its result."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def _get_many_values(self, number):
        return [
            self._get_complete_values(
                [(product, 1) for product in self.products],
                partner_id=customer.id,
                partner_invoice_id=customer.id,
                partner_shipping_id=customer.id,
            )
            for customer in self.customers[:number]
        ]

    def _create(self, number):
        values_list = self._get_many_values(number)
        sales = self.env["sale.order"].with_context(oms_bulk=True)
        return sales.create(values_list)

    def _confirm(self, number):
        orders = self._create(number)
        return self._count(orders.action_confirm)[0]

    # The ORM writes rows by the hundred, so both sizes stay below that.

    def test_creation_costs_the_same_for_5_orders_and_for_30(self):
        self._create(2)
        few, _orders = self._count(lambda: self._create(5))
        many, _orders = self._count(lambda: self._create(30))
        self.assertEqual(few, many)

    def test_confirmation_costs_the_same_for_5_orders_and_for_30(self):
        self._confirm(2)
        self.assertEqual(self._confirm(5), self._confirm(30))

    def test_100_orders_cost_no_more_than_the_rows_they_write(self):
        self._confirm(2)
        self.assertLess(self._confirm(100) - self._confirm(10), 0.3 * 90)

    def test_products_without_end_cost_no_more(self):
        self._confirm(2)
        few = self._confirm(5)
        self.products = self.env["product.product"].concat(
            *(self._create_product(f"TEST-MANY-{number}") for number in range(15))
        )
        for product in self.products:
            self._add_stock(product, 100)
        self._confirm(2)
        self.assertEqual(self._confirm(5), few)

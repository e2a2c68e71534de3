# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestSaleOrderType(OmsCommon):
    @classmethod
    def _create_wholesale_channel(cls):
        return cls.channel.copy({"code": "test_wholesale", "kind": "wholesale"})

    def test_order_of_a_wholesale_channel_is_wholesale(self):
        channel = self._create_wholesale_channel()
        order = self._create_order(confirm=False, oms_channel_id=channel.id)
        self.assertEqual(order.oms_order_type, "wholesale")

    def test_order_of_a_shop_is_a_sale(self):
        self.assertEqual(self._create_order(confirm=False).oms_order_type, "sale")

    def test_given_type_is_kept(self):
        order = self._create_order(confirm=False, oms_order_type="replacement")
        self.assertEqual(order.oms_order_type, "replacement")

    def test_order_keeps_its_type_when_the_channel_becomes_wholesale(self):
        order = self._create_order(confirm=False)
        self.env.flush_all()
        self.channel.kind = "wholesale"
        self.assertEqual(order.oms_order_type, "sale")

    def test_transfer_of_an_urgent_order_is_urgent(self):
        order = self._create_order(oms_priority="2")
        self.assertEqual(order.picking_ids.mapped("priority"), ["1"])

    def test_transfer_of_a_normal_order_is_normal(self):
        self.assertEqual(self._create_order().picking_ids.mapped("priority"), ["0"])

    def test_order_that_becomes_urgent_tells_its_transfer(self):
        order = self._create_order()
        order.oms_priority = "1"
        self.assertEqual(order.picking_ids.mapped("priority"), ["1"])

    def test_first_order_of_a_buyer_is_found_as_such(self):
        order = self._create_order()
        found = self.env["sale.order"].search(
            [("id", "=", order.id), ("oms_is_first_order", "=", True)]
        )
        self.assertEqual(found, order)

    def test_second_order_of_a_buyer_is_not_the_first(self):
        self._create_order()
        self.assertFalse(self._create_order().oms_is_first_order)

    def test_quotation_before_does_not_count_as_an_order(self):
        self._create_order(confirm=False)
        self.assertTrue(self._create_order().oms_is_first_order)

    def test_whether_it_is_the_first_costs_the_same_for_10_orders_and_for_100(self):
        orders = self.env["sale.order"].create(
            [{"partner_id": self.customer.id} for _number in range(100)]
        )
        self.env.flush_all()
        orders[:2].mapped("oms_is_first_order")
        counts = []
        for some in (orders[:10], orders):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("oms_is_first_order")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

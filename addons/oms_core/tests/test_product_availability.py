# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import new_test_user

from .common import OmsCommon


class TestProductAvailability(OmsCommon):
    def _available(self, product, warehouse=None):
        place = warehouse or self.warehouse
        return product._get_oms_availability(place)[product.id, place.id]

    def test_stock_is_available(self):
        self.assertEqual(self._available(self.mug), 10)

    def test_reserved_units_are_promised(self):
        self._create_order([(self.mug, 3)])
        self.assertEqual(self._available(self.mug), 7)

    def test_units_an_order_waits_for_are_promised_too(self):
        self._create_order([(self.mug, 12)])
        self.assertEqual(self._available(self.mug), -2)

    def test_places_are_counted_apart(self):
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.assertEqual(self._available(self.mug, self.other_warehouse), 4)

    def test_kit_is_as_many_as_its_scarcest_part_allows(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2), (self.lamp, 4)])
        self.assertEqual(self._available(kit), 2)

    def test_kit_of_a_kit_counts_the_innermost_parts(self):
        inner = self._create_kit("TEST-INNER", [(self.mug, 2)])
        outer = self._create_kit("TEST-OUTER", [(inner, 2), (self.lamp, 1)])
        self.assertEqual(self._available(outer), 2)

    def test_archived_stock_location_does_not_break_the_answer(self):
        self.warehouse.lot_stock_id.child_ids.active = False
        self.assertEqual(self._available(self.mug), 10)

    def test_hundred_products_cost_as_many_queries_as_ten(self):
        products = self.env["product.product"].union(
            *(self._create_product(f"TEST-Q{i}") for i in range(100))
        )

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._get_oms_availability(self.warehouse | self.other_warehouse)
            return self.env.cr.sql_log_count - before

        count(products[:1])
        self.assertEqual(count(products[:10]), count(products))

    def test_what_is_expected_is_told_apart(self):
        self.env["stock.move"].create(
            {
                "product_id": self.mug.id,
                "product_uom_qty": 6,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
            }
        )._action_confirm()
        self.assertEqual(self.mug._get_oms_incoming(self.warehouse)[self.mug.id], 6)

    def test_api_user_asks_for_availability(self):
        user = new_test_user(
            self.env, login="test_api", groups="oms_core.group_oms_connector"
        )
        answer = self.env["oms.api"].with_user(user).availability(["TEST-MUG"])
        self.assertEqual(
            [
                (n["code"], n["available"])
                for n in answer[0]["nodes"]
                if n["code"].startswith("TEST")
            ],
            [("TEST1", 10), ("TEST2", 0)],
        )

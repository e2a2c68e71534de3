# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common_report import ReportCommon


class TestCoverReport(ReportCommon):
    def _get_line(self, product, warehouse=None, **context):
        return self._report("cover", **context).search(
            [
                ("product_id", "=", product.id),
                ("warehouse_id", "=", (warehouse or self.warehouse).id),
            ]
        )

    def _sell(self, product, quantity, days=1):
        order = self._create_order([(product, quantity)])
        self._ship(order)
        self._move_time(order.picking_ids.move_ids, "date", days=days)

    def test_stock_lasts_as_long_as_it_sells(self):
        self._sell(self.mug, 4)
        line = self._get_line(self.mug)
        self.assertEqual((line.on_hand, line.sold), (6, 4))
        self.assertAlmostEqual(line.cover, 6 / (4 / 30))

    def test_open_demand_is_not_available(self):
        self._sell(self.mug, 4)
        self._create_order([(self.mug, 5)])
        line = self._get_line(self.mug)
        self.assertEqual((line.on_hand, line.demand, line.free), (6, 5, 1))
        self.assertEqual(line.status, "low")

    def test_available_is_what_the_order_page_calls_available(self):
        self._create_order([(self.mug, 12)])
        available = self.mug._get_oms_availability(self.warehouse)
        self.assertEqual(
            self._get_line(self.mug).free, available[self.mug.id, self.warehouse.id]
        )

    def test_sales_before_the_period_do_not_count(self):
        self._sell(self.mug, 4, days=60)
        self.assertEqual(self._get_line(self.mug).status, "idle")
        self.assertEqual(self._get_line(self.mug, oms_days=90).sold, 4)

    def test_product_that_was_asked_for_and_is_gone_is_sold_out(self):
        self._sell(self.mug, 10)
        self.assertEqual(self._get_line(self.mug).status, "out")

    def test_kit_sells_its_components(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2)])
        self._sell(kit, 2)
        self.assertEqual(self._get_line(self.mug).sold, 4)
        self.assertFalse(self._get_line(kit))

    def test_other_place_has_its_own_stock(self):
        self._add_stock(self.mug, 3, self.other_warehouse)
        self._sell(self.mug, 4)
        line = self._get_line(self.mug, self.other_warehouse)
        self.assertEqual((line.on_hand, line.sold), (3, 0))

    def test_moves_within_a_place_are_no_demand(self):
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id}
        )
        move = self.env["stock.move"].create(
            {
                "product_id": self.mug.id,
                "product_uom_qty": 2,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": shelf.id,
            }
        )
        move._action_confirm()
        line = self._get_line(self.mug)
        self.assertEqual((line.demand, line.incoming), (0, 0))

    def test_days_of_a_total_are_its_stock_by_its_sales(self):
        self._sell(self.mug, 4)
        self._sell(self.lamp, 6)
        domain = [("warehouse_id", "=", self.warehouse.id)]
        found = self._read("cover", ["cover"], domain)
        self.assertAlmostEqual(found["cover"], 10 / (10 / 30))

    def test_statements_do_not_grow_with_the_products(self):
        def read():
            self._report("cover").search_read(
                [("warehouse_id", "=", self.warehouse.id)], ["product_id", "cover"]
            )

        few = self._count_statements(read)
        for number in range(9):
            self._add_stock(self._create_product(f"TEST-{number}"), 1)
        self.assertEqual(self._count_statements(read), few)

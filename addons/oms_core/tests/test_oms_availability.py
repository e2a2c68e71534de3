# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import OmsCommon


class TestOmsAvailability(OmsCommon):
    """The overview, and the page of a product."""

    def _find(self, *domain):
        self.env.flush_all()
        return self.env["oms.availability"].search(
            [("product_id", "in", (self.mug | self.lamp).ids), *domain]
        )

    def _keep(self, quantity):
        self.env["oms.safety.stock"].create(
            {
                "product_id": self.mug.id,
                "warehouse_id": self.warehouse.id,
                "quantity": quantity,
            }
        )

    def test_overview_says_what_the_function_says(self):
        self._create_order([(self.mug, 3)])
        self._keep(2)
        rows = self._find()
        answer = (self.mug | self.lamp)._get_oms_availability(self.warehouse)
        self.assertEqual(
            {(row.product_id.id, row.warehouse_id.id): row.available for row in rows},
            dict(answer),
        )

    def test_overview_finds_what_is_below_its_safety_stock(self):
        self._keep(11)
        found = self._find(("safety", ">", 0), ("available", "<", 0))
        self.assertEqual(found.product_id, self.mug)

    def test_overview_is_searched_by_channel(self):
        other = self.channel.copy({"code": "test_second"})
        other.warehouse_ids = self.other_warehouse
        self._add_stock(self.mug, 1, self.other_warehouse)
        found = self._find(("channel_id", "in", other.ids))
        self.assertEqual(found.warehouse_id, self.other_warehouse)

    def test_overview_is_searched_by_the_name_of_a_channel(self):
        self.assertTrue(self._find(("channel_id", "ilike", "Test Shop")))
        self.assertFalse(self._find(("channel_id", "ilike", "No such")))

    def test_overview_groups_without_reading_rows(self):
        self.env.flush_all()
        groups = self.env["oms.availability"]._read_group(
            [("product_id", "=", self.mug.id)], ["warehouse_id"], ["available:sum"]
        )
        self.assertEqual(groups, [(self.warehouse, 10)])

    def test_promised_figure_leads_to_its_moves(self):
        order = self._create_order([(self.mug, 3)])
        action = self._find(("product_id", "=", self.mug.id)).action_view_promised()
        moves = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(moves, order.order_line.move_ids)

    def test_product_page_sums_what_all_nodes_have(self):
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.assertEqual(self.mug.oms_available, 14)

    def test_product_page_names_nodes_and_channels(self):
        page = self.mug.oms_availability_html
        self.assertIn("Test East", page)
        self.assertIn("Test Shop", page)

    def test_product_page_of_a_service_says_nothing(self):
        service = self._create_product("TEST-WORK", type="service", is_storable=False)
        self.assertFalse(service.oms_availability_html)

    def test_name_of_a_node_is_no_markup(self):
        self.warehouse.name = "<b>East</b>"
        self.assertIn("&lt;b&gt;East", self.mug.oms_availability_html)

    def test_hundred_pages_cost_as_many_queries_as_ten(self):
        products = self.env["product.product"].union(
            *(self._create_product(f"TEST-P{number}") for number in range(100))
        )

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("oms_available")
            return self.env.cr.sql_log_count - before

        count(products[:1])
        self.assertEqual(count(products[:10]), count(products))

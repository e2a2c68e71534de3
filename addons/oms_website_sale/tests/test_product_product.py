# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common import WebsiteCommon

FEW, MANY = 10, 100


@tagged("post_install", "-at_install")
class TestProductProduct(WebsiteCommon):
    """The shop shows and sells what its channel may promise."""

    def test_shop_sells_what_all_places_of_the_channel_have(self):
        self._add_stock(self.mug, 5, self.other_warehouse)
        self.assertEqual(self._get_sellable(), 15)

    def test_place_of_another_channel_adds_nothing(self):
        elsewhere = self._create_warehouse("Test North", "TEST3")
        self._add_stock(self.mug, 5, elsewhere)
        self.assertEqual(self._get_sellable(), 10)

    def test_channel_keeps_its_buffer_back(self):
        self.channel.buffer_quantity = 3
        self.assertEqual(self._get_sellable(), 7)

    def test_shop_never_shows_more_than_the_cap(self):
        self.channel.buffer_cap = 4
        self.assertEqual(self._get_sellable(), 4)

    def test_order_that_waits_for_a_release_is_not_sold_again(self):
        order = self._create_order([(self.mug, 4)], confirm=False)
        self._hold(order, "unknown_product")
        order.action_confirm()
        self.assertEqual(self._get_sellable(), 6)

    def test_safety_stock_is_not_sold(self):
        self.env["oms.safety.stock"].create(
            {
                "product_id": self.mug.id,
                "warehouse_id": self.warehouse.id,
                "quantity": 2,
            }
        )
        self.assertEqual(self._get_sellable(), 8)

    def test_kit_is_sold_as_often_as_its_parts_allow(self):
        kit = self._create_kit("TEST-SET", [(self.mug, 3)])
        self.assertEqual(self._get_sellable(kit), 3)

    def test_nothing_left_is_sold_out(self):
        self.channel.buffer_quantity = 10
        env = self.env(context=dict(self.env.context, website_id=self.website.id))
        self.assertTrue(self.mug.with_env(env)._is_sold_out())

    def test_product_page_tells_the_figure_of_the_channel(self):
        self.channel.buffer_quantity = 3
        context = dict(
            self.env.context,
            website_id=self.website.id,
            website_sale_stock_get_quantity=True,
        )
        env = self.env(context=context)
        with MockRequest(env, website=self.website.with_env(env)):
            info = self.mug.with_env(env)._get_combination_info_variant()
        self.assertEqual(info["free_qty"], 7)

    def test_website_without_a_channel_sells_as_odoo_does(self):
        self.website.oms_channel_id = False
        self.website.warehouse_id = self.warehouse
        self.channel.buffer_quantity = 3
        self.assertEqual(self._get_sellable(), 10)

    def test_public_reads_the_figure_and_not_the_channel(self):
        public = self.website.user_id
        self.env.invalidate_all()
        website, mug = self.website.with_user(public), self.mug.with_user(public)
        self.assertEqual(website._get_product_available_qty(mug.sudo()), 10)

    def test_page_of_100_products_costs_as_many_queries_as_of_10(self):
        products = self.env["product.product"].create(
            [
                {
                    "name": f"Test {number}",
                    "is_storable": True,
                    "allow_out_of_stock_order": False,
                }
                for number in range(FEW + MANY)
            ]
        )
        counts = []
        for page in (products[:1], products[:FEW], products[FEW:]):
            self.env.invalidate_all()
            # The shop is read product by product.
            before = self.env.cr.sql_log_count
            for product in page:
                self.website._get_product_available_qty(product.sudo())
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import WebsiteCommon


@tagged("post_install", "-at_install")
class TestAccess(WebsiteCommon):
    """Who sells, and who builds websites, need not know of channels."""

    def test_who_makes_a_website_gets_its_channel(self):
        builder = self._create_user(
            "test_builder", "base.group_erp_manager,website.group_website_designer"
        )
        site = self.env["website"].with_user(builder).create({"name": "Built"})
        self.assertEqual(site.sudo().oms_channel_id.name, "Built")

    def test_who_moves_a_website_moves_its_channel(self):
        self.channel.warehouse_ids = False
        builder = self._create_user("test_builder", "website.group_website_designer")
        self.website.with_user(builder).warehouse_id = self.other_warehouse.id
        self.assertEqual(self.channel.warehouse_ids, self.other_warehouse)

    def test_salesperson_confirms_an_order_of_a_website(self):
        seller = self._create_user(
            "test_seller", "sales_team.group_sale_salesman_all_leads"
        )
        order = self._create_cart()
        order.with_user(seller).action_confirm()
        self.assertEqual(order.oms_channel_id, self.channel)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import WebsiteCommon


@tagged("post_install", "-at_install")
class TestWebsite(WebsiteCommon):
    """A website is a channel."""

    def test_new_website_is_a_web_shop_of_its_company(self):
        self.assertEqual(
            (self.channel.kind, self.channel.company_id),
            ("webshop", self.website.company_id),
        )

    def test_website_older_than_this_addon_has_a_channel(self):
        self.assertTrue(self.env.ref("website.default_website").oms_channel_id)

    def test_two_websites_are_two_channels(self):
        other = self.env["website"].create({"name": "Other Site"})
        self.assertNotEqual(other.oms_channel_id, self.channel)

    def test_website_without_a_channel_gets_one_once(self):
        websites = self.env["website"].search([])
        before = websites.oms_channel_id
        websites._create_missing_oms_channels()
        self.assertEqual(websites.oms_channel_id, before)

    def test_channel_ships_from_the_place_of_its_website(self):
        site = self.env["website"].create(
            {"name": "East Site", "warehouse_id": self.warehouse.id}
        )
        self.assertEqual(site.oms_channel_id.warehouse_ids, self.warehouse)

    def test_channel_follows_the_place_of_its_website(self):
        site = self.env["website"].create(
            {"name": "East Site", "warehouse_id": self.warehouse.id}
        )
        site.warehouse_id = self.other_warehouse
        self.assertEqual(site.oms_channel_id.warehouse_ids, self.other_warehouse)

    def test_places_chosen_on_the_channel_stay(self):
        self.website.warehouse_id = self.warehouse
        self.assertEqual(
            self.channel.warehouse_ids, self.warehouse | self.other_warehouse
        )

    def test_channel_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        foreign = self.env["oms.channel"].create(
            {"name": "Foreign", "code": "foreign", "company_id": company.id}
        )
        with self.assertRaisesRegex(ValidationError, "Foreign is of company Other"):
            self.website.oms_channel_id = foreign

    def test_website_that_changes_company_sells_on_a_channel_of_that_company(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.website.company_id = company
        self.assertEqual(self.website.oms_channel_id.company_id, company)

    def test_website_that_comes_back_finds_its_channel(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.website.company_id = company
        self.website.company_id = self.company
        self.assertEqual(self.website.oms_channel_id, self.channel)

    def test_orders_older_than_this_addon_belong_to_the_channel(self):
        order = self._create_cart()
        order.action_confirm()
        order.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET oms_channel_id = NULL WHERE id = %s", [order.id]
        )
        self.env["website"]._oms_adopt_orders()
        self.assertEqual(order.oms_channel_id, self.channel)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from .common import OmsCommon


class TestOmsChannelAvailability(OmsCommon):
    """What each channel may sell, as a list, and beside each node."""

    def _find(self, *domain):
        self.env.flush_all()
        self.env["oms.channel.availability"].invalidate_model()  # it is a view
        return self.env["oms.channel.availability"].search(
            [
                ("product_id", "in", (self.mug | self.lamp).ids),
                ("channel_id", "=", self.channel.id),
                *domain,
            ]
        )

    def _assert_as_the_function_says(self):
        products = self.mug | self.lamp
        answer = products._get_oms_availability(channels=self.channel).channels
        found = {
            (row.product_id.id, row.channel_id.id): row.sellable
            for row in self._find()
            if row.sellable
        }
        self.assertEqual(found, dict(answer))

    def test_each_buffer_counts_as_in_the_function(self):
        self._add_stock(self.mug, 7, self.other_warehouse)
        for quantity, percent, cap in (
            (0, 0, 0),
            (3, 0, 0),
            (0, 30, 0),
            (2, 15, 0),
            (0, 0, 5),
            (1, 10, 8),
            (99, 0, 0),
        ):
            with self.subTest(quantity=quantity, percent=percent, cap=cap):
                self.channel.write(
                    {
                        "buffer_quantity": quantity,
                        "buffer_percent": percent,
                        "buffer_cap": cap,
                    }
                )
                self._assert_as_the_function_says()

    def test_place_that_promised_too_much_takes_nothing_from_the_others(self):
        self._create_order([(self.mug, 14)])
        self._add_stock(self.mug, 5, self.other_warehouse)
        self._assert_as_the_function_says()
        self.assertEqual(self._find(("product_id", "=", self.mug.id)).sellable, 5)

    def test_held_order_without_a_transfer_takes_from_the_pool(self):
        order = self._create_order([(self.mug, 14)], confirm=False)
        self._hold(order, "unknown_product")
        order.action_confirm()
        self._add_stock(self.mug, 5, self.other_warehouse)
        self._assert_as_the_function_says()

    def test_what_is_kept_back_is_told(self):
        self.channel.buffer_quantity = 4
        row = self._find(("product_id", "=", self.mug.id))
        self.assertEqual((row.pooled, row.kept_back, row.sellable), (10, 4, 6))

    def test_channel_is_not_told_of_places_that_do_not_ship_for_it(self):
        self.channel.warehouse_ids = [Command.set(self.other_warehouse.ids)]
        self.assertFalse(self._find())

    def test_figure_leads_to_the_nodes_that_make_it(self):
        action = self._find(("product_id", "=", self.mug.id)).action_view_nodes()
        nodes = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(nodes.warehouse_id, self.warehouse)

    def test_node_says_what_its_channels_may_sell(self):
        self.env.flush_all()
        row = self.env["oms.availability"].search(
            [
                ("product_id", "=", self.mug.id),
                ("warehouse_id", "=", self.warehouse.id),
            ]
        )
        self.assertIn("Test Shop 10", row.offers)

    def test_another_company_sees_nothing_of_it(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        user = self._create_user("test_other_company", "oms_core.group_oms_user")
        user.write({"company_ids": company.ids, "company_id": company.id})
        rows = self._find()
        self.assertTrue(rows)
        self.assertFalse(rows.with_user(user).search([("id", "in", rows.ids)]))

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestPosConfig(PosCommon):
    """A till is a channel."""

    def test_new_till_is_a_store_that_ships_from_where_it_stands(self):
        self.assertEqual(
            (self.till.kind, self.till.warehouse_ids), ("store", self.warehouse)
        )

    def test_till_older_than_this_addon_has_a_channel(self):
        older = self.env.ref("point_of_sale.pos_config_main", False)
        older = older or self.env["pos.config"].search([], order="id", limit=1)
        self.assertTrue(older.oms_channel_id)

    def test_two_tills_may_share_the_channel_of_their_store(self):
        other = self._create_config("Second Till")
        other.oms_channel_id = self.till
        self.assertEqual(
            self._sell((self.mug, 1), config=other).oms_channel_id, self.till
        )

    def test_channel_follows_the_till_to_another_place(self):
        self.config.picking_type_id = self.other_warehouse.pos_type_id
        self.assertEqual(self.till.warehouse_ids, self.other_warehouse)

    def test_channel_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        foreign = self.env["oms.channel"].create(
            {"name": "Foreign", "code": "foreign", "company_id": company.id}
        )
        with self.assertRaisesRegex(UserError, "Foreign"):
            self.config.oms_channel_id = foreign

    def test_receipts_are_counted_on_the_channel(self):
        receipts = self._sell((self.mug, 1)) | self._sell((self.mug, 1))
        action = self.till.action_view_pos_orders()
        shown = self.env["pos.order"].search(action["domain"])
        self.assertEqual((self.till.pos_order_count, shown), (2, receipts))

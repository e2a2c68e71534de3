# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestPosOrder(PosCommon):
    """A receipt has its channel and its state, and is found."""

    def test_receipt_is_of_the_channel_of_its_till(self):
        self.assertEqual(self._sell((self.mug, 1)).oms_channel_id, self.till)

    def test_receipt_stays_in_its_channel_when_the_till_moves_to_another(self):
        receipt = self._sell((self.mug, 1))
        self.config.oms_channel_id = self.web
        self.assertEqual(receipt.oms_channel_id, self.till)

    def test_goods_over_the_counter_are_closed(self):
        self.assertEqual(self._sell((self.mug, 1)).oms_state, "closed")

    def test_what_is_on_the_screen_of_a_till_is_no_order(self):
        receipt = self._sell((self.mug, 1), state="draft", payment_ids=[])
        self.assertFalse(receipt.oms_state)

    def test_goods_shipped_later_are_allocated(self):
        self.assertEqual(self._ship_later((self.mug, 2)).oms_state, "allocated")

    def test_goods_shipped_later_that_lack_are_waited_for(self):
        self.assertEqual(self._ship_later((self.mug, 12)).oms_state, "backordered")

    def test_goods_shipped_later_are_shipped_with_their_transfer(self):
        receipt = self._ship_later((self.mug, 2))
        self._ship(receipt)
        self.assertEqual(receipt.oms_state, "shipped")

    def test_receipt_tells_when_its_goods_have_left(self):
        receipt = self._ship_later((self.mug, 2))
        parcel = self._ship(receipt)
        self.assertIn(f"Shipped: {parcel.name}.", receipt.message_ids[:1].preview)

    def test_receipts_older_than_this_addon_are_adopted(self):
        receipts = self._sell((self.mug, 1)) | self._ship_later((self.mug, 1))
        receipts.flush_recordset()
        self.env.cr.execute(
            "UPDATE pos_order SET oms_channel_id = NULL, oms_state = NULL "
            "WHERE id IN %s",
            [receipts._ids],
        )
        receipts.invalidate_recordset()
        self.env["pos.order"]._oms_adopt_orders()
        self.assertEqual(
            [(each.oms_channel_id, each.oms_state) for each in receipts],
            [(self.till, "closed"), (self.till, "allocated")],
        )

    def test_receipt_is_found_by_its_number(self):
        receipt = self._sell((self.mug, 1))
        found = self.env["oms.finder"].find(receipt.pos_reference)
        self.assertIn(("pos.order", receipt.id), [(f["model"], f["id"]) for f in found])

    def test_receipt_is_found_by_the_name_of_the_buyer(self):
        receipt = self._sell((self.mug, 1))
        found = self.env["oms.finder"].find("Ada Buyer")
        self.assertIn(("pos.order", receipt.id), [(f["model"], f["id"]) for f in found])

    def test_state_of_20_receipts_costs_as_many_queries_as_of_2(self):
        receipts = self.env["pos.order"].union(
            *(self._ship_later((self.mug, 1)) for _number in range(22))
        )
        counts = []
        for some in (receipts[:2], receipts[:2], receipts[2:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._compute_oms_state()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

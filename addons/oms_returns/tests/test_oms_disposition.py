# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestOmsDisposition(ReturnsCommon):
    def _receive(self, **values):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]))
        rma.action_approve()
        rma.line_ids.write(values)
        rma.action_receive()
        return rma

    def test_scrapped_goods_are_not_in_stock(self):
        before = self._get_on_hand(self.mug)
        self._receive(disposition="scrap")
        self.assertEqual(self._get_on_hand(self.mug), before - 3)

    def test_scrapped_goods_leave_the_company(self):
        rma = self._receive(disposition="scrap")
        moves = rma.line_ids.move_ids
        self.assertIn("inventory", moves.location_dest_id.mapped("usage"))

    def test_returns_shelf_is_empty_once_disposed_of(self):
        rma = self._receive()
        shelf = rma.warehouse_id.oms_return_location_id
        self.assertEqual(self._get_on_hand(self.mug, shelf), 0)

    def test_damaged_goods_are_proposed_for_scrap(self):
        rma = self._create_return(self._create_sold_order())
        rma.line_ids.grade = "damaged"
        self.assertEqual(rma.line_ids.disposition, "scrap")

    def test_disposition_chosen_by_a_person_stays(self):
        rma = self._receive(grade="damaged", disposition="restock")
        self.assertEqual(rma.line_ids.disposition, "restock")

    def test_each_line_goes_its_own_way(self):
        order = self._create_sold_order([(self.mug, 3), (self.lamp, 2)])
        before = self._get_on_hand(self.mug), self._get_on_hand(self.lamp)
        rma = self._create_return(order)
        rma.action_approve()
        rma.line_ids[1].disposition = "scrap"
        rma.action_receive()
        self.assertEqual(
            (self._get_on_hand(self.mug), self._get_on_hand(self.lamp)),
            (before[0] + 3, before[1]),
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.oms_returns.tests.common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestDonate(ReturnsCommon):
    def test_donated_goods_are_at_the_donations_location(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]))
        rma.action_approve()
        rma.line_ids.disposition = "donate"
        rma.action_receive()
        donations = self.env.ref("oms_example_disposition.location_donations")
        given = rma.line_ids.move_ids.filtered(
            lambda move: move.location_dest_id == donations
        )
        self.assertEqual(sum(given.mapped("quantity")), 3)

    def test_donated_goods_are_refunded_all_the_same(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]))
        rma.line_ids.disposition = "donate"
        rma.action_approve()
        rma.action_receive()
        rma.action_refund()
        self.assertEqual(rma.state, "done")

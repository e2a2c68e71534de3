# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from odoo.tests import Form

from .test_oms_order_importer_update import UpdateCommon


class TestOmsOrderImporterUpdateBack(UpdateCommon):
    """The shop changes what has left; then the parcel is stopped, or comes back."""

    def setUp(self):
        super().setUp()
        self._start()
        self._ship(self.order)
        self.parcel = self.order.picking_ids

    def _bring_back(self, quantity):
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=self.parcel.id, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        receipt = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        receipt.button_validate()
        return receipt

    def _cancel_there(self):
        self._change(cancelled_at=self.document.placed_at)

    # === CANCELLED ===

    def test_way_out_is_told(self):
        self._cancel_there()
        self.assertIn("take over the change once the goods are back", self._get_reason())

    def test_order_whose_goods_are_back_is_cancelled(self):
        self._cancel_there()
        self._bring_back(2)
        self.order.action_oms_take_over()
        self.assertEqual(
            (self.order.state, self._get_reason(), self.mug.free_qty),
            ("cancel", "", 10),
        )

    def test_order_of_which_some_is_away_still_asks(self):
        self._cancel_there()
        self._bring_back(1)
        self.order.action_oms_take_over()
        self.assertEqual(self.order.state, "sale")
        self.assertIn(self.parcel.name, self._get_reason())

    def test_goods_that_are_back_before_the_shop_cancels_ask_nobody(self):
        self._bring_back(2)
        self._cancel_there()
        self.assertEqual((self.order.state, self._get_reason()), ("cancel", ""))

    def test_return_under_way_is_no_work_on_the_order(self):
        receipt = self._bring_back(1)
        again = receipt.copy({"state": "draft"})
        again.action_confirm()
        again.move_ids.picked = True
        self._change(note="Ring twice", lines=(self._line(quantity=Decimal(3)),))
        self.assertEqual(self._get_reason(), "")

    # === FEWER UNITS ===

    def test_units_that_are_back_may_go_from_the_order(self):
        self._change(lines=(self._line(quantity=Decimal(1)),))
        self._bring_back(1)
        self.order.action_oms_take_over()
        line = self.order.order_line
        self.assertEqual(
            (line.product_uom_qty, line.qty_delivered, self._get_reason()), (1, 1, "")
        )
        waiting = self.order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        self.assertFalse(waiting, "nothing is sent again")

    def test_what_is_back_is_not_sent_again_as_the_shops_own(self):
        line = replace(self._line(), fulfilled=Decimal(2))
        self._change(lines=(replace(line, quantity=Decimal(1)),))
        self._bring_back(1)
        self.order.action_oms_take_over()
        self.assertEqual(self.order.order_line.oms_qty_shipped, 2)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from odoo.tests import Form, new_test_user

from odoo.addons.queue_job.tests.common import trap_jobs

from .test_oms_order_importer_update import UpdateCommon


class TestOmsOrderImporterUpdateBack(UpdateCommon):
    """The shop changes what has left; then the parcel is stopped, or comes back."""

    def setUp(self):
        super().setUp()
        self._start()
        self._ship(self.order)
        self.parcel = self.order.picking_ids

    def _bring_back(self, quantity, *, validate=True):
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=self.parcel.id, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        receipt = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        if validate:
            receipt.button_validate()
        return receipt

    def _cancel_there(self):
        self._change(cancelled_at=self.document.placed_at)

    # === BY ITSELF ===

    def test_change_is_taken_over_when_the_goods_are_back(self):
        self._cancel_there()
        with trap_jobs() as trap:
            self._bring_back(2)
            trap.perform_enqueued_jobs()
        self.assertEqual((self.order.state, self._get_reason()), ("cancel", ""))

    def test_whoever_receives_the_goods_need_not_see_the_order(self):
        self._cancel_there()
        self.env.invalidate_all()
        keeper = new_test_user(self.env, "keeper", "stock.group_stock_user")
        receipt = self._bring_back(2, validate=False)
        with trap_jobs() as trap:
            receipt.with_user(keeper).button_validate()
            trap.perform_enqueued_jobs()
        self.assertEqual(self.order.state, "cancel")

    def test_return_of_an_order_that_asks_nothing_is_only_a_return(self):
        with trap_jobs() as trap:
            self._bring_back(2)
        trap.assert_jobs_count(0, only=type(self.order)._take_over_oms_changes)

    # === CANCELLED ===

    def test_way_out_is_told(self):
        self._cancel_there()
        self.assertIn("the goods are back the change is taken over", self._get_reason())

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


class TestShippedUnpaid(UpdateCommon):
    """The shop has shipped what here still waits for its money."""

    def setUp(self):
        super().setUp()
        self._start(payments=())
        self._change(lines=(self._line(fulfilled=Decimal(2)),))

    def _let_go(self):
        holds = self.order.oms_open_hold_ids
        holds.filtered(lambda h: h.type_id.code == "payment")._release("it has left")

    def _get_shipped(self):
        self.order.order_line.invalidate_recordset(["oms_qty_shipped"])
        return self.order.order_line.oms_qty_shipped

    def test_person_is_asked(self):
        self.assertIn("release that one first", self._get_reason())

    def test_goods_leave_once_the_hold_is_released_and_the_change_taken_over(self):
        self._let_go()
        self.order.action_oms_take_over()
        self.assertEqual((self._get_shipped(), self._get_reason()), (2, ""))

    def test_change_that_is_taken_over_too_early_reserves_nothing(self):
        self.order.action_oms_take_over()
        self.assertEqual((self._get_shipped(), self.mug.free_qty), (0, 10))

    def test_what_is_not_in_stock_goes_on_asking_and_keeps_nothing(self):
        self.env["stock.quant"]._update_available_quantity(
            self.mug, self.warehouse.lot_stock_id, -9
        )
        self._let_go()
        self.order.action_oms_take_over()
        self.assertIn("only 1 are reserved here", self._get_reason())
        self.assertEqual((self._get_shipped(), self.mug.free_qty), (0, 1))

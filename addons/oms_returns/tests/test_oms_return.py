# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestOmsReturn(ReturnsCommon):
    # === REQUEST ===

    def test_return_is_numbered(self):
        self.assertRegex(self._create_return(self._create_sold_order()).name, r"RMA\d+")

    def test_returns_made_together_have_different_numbers(self):
        orders = self._deliver(self._create_order(count=3))
        returns = self.env["oms.return"].create(
            [
                {
                    "order_id": order.id,
                    "line_ids": [Command.create({"sale_line_id": order.order_line.id})],
                }
                for order in orders
            ]
        )
        self.assertEqual(len(set(returns.mapped("name"))), 3)

    def test_return_goes_to_the_place_that_shipped(self):
        rma = self._create_return(self._create_sold_order())
        self.assertEqual(rma.warehouse_id, self.warehouse)

    def test_more_than_delivered_cannot_be_requested(self):
        order = self._create_sold_order([(self.mug, 3)])
        with self.assertRaisesRegex(ValidationError, r"4 asked for, 3 can be returned"):
            self._create_return(order, {0: 4})

    def test_undelivered_goods_cannot_be_requested(self):
        order = self._create_order([(self.mug, 3)])
        with self.assertRaisesRegex(ValidationError, "not delivered yet"):
            self._create_return(order, {0: 1})

    def test_units_of_an_open_return_cannot_be_requested_again(self):
        order = self._create_sold_order([(self.mug, 3)])
        self._create_return(order, {0: 2})
        with self.assertRaisesRegex(ValidationError, "2 on other open returns"):
            self._create_return(order, {0: 2})

    def test_units_that_came_back_cannot_be_requested_again(self):
        order = self._create_sold_order([(self.mug, 3)])
        self._create_received_return(order, {0: 2})
        with self.assertRaisesRegex(ValidationError, "2 returned"):
            self._create_return(order, {0: 2})

    def test_units_of_a_cancelled_return_can_be_requested_again(self):
        order = self._create_sold_order([(self.mug, 3)])
        self._create_return(order, {0: 3}).action_cancel()
        self.assertEqual(self._create_return(order, {0: 3}).state, "requested")

    def test_quantity_raised_later_is_checked_too(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]), {0: 2})
        with self.assertRaisesRegex(ValidationError, "can be returned"):
            rma.line_ids.quantity = 5

    def test_service_cannot_be_returned(self):
        service = self._create_product(
            "Gift wrap", type="service", is_storable=False, stock=0
        )
        order = self._create_sold_order([(self.mug, 1), (service, 1)])
        with self.assertRaisesRegex(ValidationError, "is a service"):
            self.env["oms.return"].create(
                {
                    "order_id": order.id,
                    "line_ids": [
                        Command.create({"sale_line_id": order.order_line[1].id})
                    ],
                }
            )

    def test_line_of_another_order_is_refused(self):
        order, other = self._create_sold_order(), self._create_sold_order()
        with self.assertRaisesRegex(ValidationError, "a return for each order"):
            self.env["oms.return"].create(
                {
                    "order_id": order.id,
                    "line_ids": [Command.create({"sale_line_id": other.order_line.id})],
                }
            )

    def test_request_marks_the_order_line_for_other_transactions(self):
        order = self._create_sold_order()
        before = order.order_line.oms_return_claims
        self._create_return(order, {0: 1})
        self.assertGreater(order.order_line.oms_return_claims, before)

    # === STEPS ===

    def test_approved_return_expects_a_receipt(self):
        rma = self._create_return(self._create_sold_order())
        rma.action_approve()
        self.assertEqual(rma.picking_ids.state, "assigned")

    def test_approval_checks_again_what_can_be_returned(self):
        order = self._create_sold_order([(self.mug, 3)])
        rma = self._create_return(order, {0: 3})
        delivery = order.picking_ids
        wizard = self.env["stock.return.picking"].create({"picking_id": delivery.id})
        wizard.product_return_moves.quantity = 2
        picking = wizard._create_return()
        picking.move_ids.picked = True
        picking._action_done()
        with self.assertRaisesRegex(ValidationError, "3 asked for, 1 can be returned"):
            rma.action_approve()

    def test_requested_return_cannot_be_received(self):
        rma = self._create_return(self._create_sold_order())
        with self.assertRaisesRegex(UserError, "to receive it it must be Approved"):
            rma.action_receive()

    def test_received_return_cannot_be_cancelled(self):
        rma = self._create_received_return(self._create_sold_order())
        with self.assertRaisesRegex(UserError, "is Received"):
            rma.action_cancel()

    def test_cancelled_return_cancels_its_receipt(self):
        rma = self._create_return(self._create_sold_order())
        rma.action_approve()
        rma.action_cancel()
        self.assertEqual(rma.picking_ids.state, "cancel")

    def test_refusal_without_a_reason_is_refused(self):
        rma = self._create_return(self._create_sold_order())
        with self.assertRaisesRegex(UserError, "the buyer will ask why"):
            rma.action_refuse()

    def test_refused_return_says_why_in_the_history(self):
        rma = self._create_return(self._create_sold_order())
        rma.refusal_reason = "Worn for a year"
        rma.action_refuse()
        sentences = rma.order_id.oms_event_ids.mapped("sentence")
        self.assertIn(f"Return {rma.name} refused: Worn for a year", sentences)

    def test_door_opened_twice_is_no_error(self):
        rma = self._create_return(self._create_sold_order())
        rma._set_approved()
        rma._set_approved()
        self.assertEqual(rma.state, "approved")

    def test_received_return_cannot_be_deleted(self):
        rma = self._create_received_return(self._create_sold_order())
        with self.assertRaisesRegex(UserError, "part of the books"):
            rma.unlink()

    def test_line_that_the_warehouse_expects_cannot_be_removed(self):
        rma = self._create_return(self._create_sold_order())
        rma.action_approve()
        with self.assertRaisesRegex(UserError, "the warehouse knows already"):
            rma.line_ids.unlink()

    def test_every_step_is_one_event(self):
        rma = self._create_received_return(self._create_sold_order())
        rma.action_refund()
        events = rma.order_id.oms_event_ids.filtered(lambda e: e.kind == "return")
        self.assertEqual(
            events.sorted("id").mapped("sentence"),
            [
                f"Return {rma.name} requested.",
                f"Return {rma.name} approved.",
                f"Return {rma.name} received: 3 × [MUG] Mug.",
                "Restock: 3 × [MUG] Mug.",
                f"Return {rma.name} done.",
            ],
        )

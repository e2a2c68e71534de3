# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestSaleOrder(ReturnsCommon):
    def test_order_without_return_says_so(self):
        self.assertEqual(self._create_sold_order().oms_return_state, "none")

    def test_requested_return_shows_on_the_order(self):
        order = self._create_sold_order()
        self._create_return(order)
        self.assertEqual(order.oms_return_state, "requested")

    def test_received_return_is_in_progress(self):
        order = self._create_sold_order()
        self._create_received_return(order)
        self.assertEqual(order.oms_return_state, "in_progress")

    def test_refunded_return_is_done(self):
        order = self._create_sold_order()
        self._create_received_return(order).action_refund()
        self.assertEqual(order.oms_return_state, "done")

    def test_cancelled_return_leaves_no_trace_in_the_state(self):
        order = self._create_sold_order()
        self._create_return(order).action_cancel()
        self.assertEqual(order.oms_return_state, "none")

    def test_dialog_offers_what_can_be_returned(self):
        order = self._create_sold_order([(self.mug, 3), (self.lamp, 2)])
        self._create_return(order, {0: 3})
        wizard = self._open_dialog(order)
        self.assertEqual(
            [(line.product_id, line.returnable) for line in wizard.line_ids],
            [(self.lamp, 2.0)],
        )

    def test_dialog_makes_a_return_of_the_quantities_entered(self):
        order = self._create_sold_order([(self.mug, 3), (self.lamp, 2)])
        wizard = self._open_dialog(order)
        wizard.line_ids[0].quantity = 2
        wizard.action_request()
        self.assertEqual(
            [
                (line.product_id, line.quantity)
                for line in order.oms_return_ids.line_ids
            ],
            [(self.mug, 2.0)],
        )

    def test_dialog_returns_everything_at_once(self):
        order = self._create_sold_order([(self.mug, 3), (self.lamp, 2)])
        self._open_dialog(order).action_return_everything()
        self.assertEqual(order.oms_return_ids.line_ids.mapped("quantity"), [3, 2])

    def test_dialog_without_a_quantity_says_what_to_do(self):
        wizard = self._open_dialog(self._create_sold_order())
        with self.assertRaisesRegex(UserError, "say how many"):
            wizard.action_request()

    def test_user_of_order_management_may_receive_a_return(self):
        user = new_test_user(self.env, "returns_user", "oms_core.group_oms_user")
        order = self._create_sold_order()
        rma = self._open_dialog(order.with_user(user))
        rma.action_return_everything()
        returned = order.oms_return_ids.with_user(user)
        returned.action_approve()
        returned.action_receive()
        self.assertEqual(returned.state, "received")

    def test_returns_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        user = new_test_user(
            self.env,
            "returns_elsewhere",
            "oms_core.group_oms_user",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        rma = self._create_return(self._create_sold_order())
        found = self.env["oms.return"].with_user(user).search([("id", "=", rma.id)])
        self.assertFalse(found)

    def _open_dialog(self, order):
        action = order.action_oms_return()
        return Form(
            order.env[action["res_model"]].with_context(**action["context"])
        ).save()

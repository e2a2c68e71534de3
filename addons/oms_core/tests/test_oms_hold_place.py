# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestOmsHoldPlace(OmsCommon):
    """Orders put on hold, and let go, from the list."""

    def _open(self, action):
        model = self.env[action["res_model"]].with_context(**action["context"])
        return Form(model)

    def _hold_by_dialog(self, orders, code="manual", reason="a reason"):
        form = self._open(orders.action_oms_hold())
        form.type_id = self.env["oms.hold.type"].search([("code", "=", code)])
        form.reason = reason
        return form.save().action_hold()

    def test_many_orders_are_put_on_hold_at_once(self):
        orders = self._create_order() | self._create_order()
        self._hold_by_dialog(orders)
        self.assertEqual(orders.mapped("oms_state"), ["on_hold", "on_hold"])

    def test_order_that_has_such_a_hold_is_told_not_doubled(self):
        orders = self._create_order() | self._create_order()
        self._hold(orders[0], "manual")
        message = self._hold_by_dialog(orders)["params"]["message"]
        self.assertIn("1 had such a hold already", message)
        self.assertEqual(len(orders.oms_open_hold_ids), 2)

    def test_holds_of_many_orders_are_released_at_once(self):
        orders = self._create_order() | self._create_order()
        self._hold(orders, "address")
        form = self._open(orders.action_oms_release())
        form.reason = "called them"
        form.save().action_release()
        self.assertFalse(orders.oms_open_hold_ids)

    def test_user_releases_what_is_his_and_leaves_the_rest(self):
        user = self._create_user("clerk", "oms_core.group_oms_user")
        order = self._create_order()
        self._hold(order, "address")
        fraud = self._hold(order, "fraud")
        self.env = self.env(user=user)
        form = self._open(order.with_user(user).action_oms_release())
        form.reason = "called them"
        form.save().action_release()
        self.assertEqual(order.oms_open_hold_ids, fraud)

    def test_user_who_may_release_none_is_told_who_may(self):
        user = self._create_user("clerk", "oms_core.group_oms_user")
        order = self._create_order()
        fraud = self._hold(order, "fraud").with_user(user)
        wizard = self.env["oms.hold.release"].with_user(user)
        refused = wizard.create({"hold_ids": fraud.ids, "reason": "why not"})
        with self.assertRaisesRegex(UserError, "Manager"):
            refused.action_release()

    def test_hold_of_an_address_leads_to_the_address(self):
        order = self._create_order()
        action = self._hold(order, "address").action_remedy()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("res.partner", order.partner_shipping_id.id),
        )

    def test_banner_names_what_is_blocked(self):
        hold = self._hold(self._create_order(), "payment")
        self.assertEqual(hold.blocks, "shipping")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OmsCommon

KEYS = {"ref", "order", "result", "state", "holds", "message"}


@tagged("post_install", "-at_install")
class TestOmsApiOrders(OmsCommon):
    """Holding, releasing and cancelling by a program."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(
            oms_external_id="900200", oms_external_number="#900200"
        )
        cls.other = cls._create_order(oms_external_number="#900201")
        user = cls._create_user("test_api", "oms_core.group_oms_connector")
        cls.api = cls.env["oms.api"].with_user(user)

    def _results(self, answers):
        return [answer["result"] for answer in answers]

    # === HOLD ===

    def test_order_is_held_by_its_number(self):
        (answer,) = self.api.hold_orders(["#900200"], "manual", "wait for the call")
        self.assertEqual(
            (answer["result"], answer["state"], answer["holds"]),
            ("held", "on_hold", [{"type": "manual", "reason": "wait for the call"}]),
        )

    def test_every_answer_has_the_same_keys(self):
        answers = self.api.hold_orders(["#900200", "nothing"], "manual", "wait")
        self.assertEqual([set(answer) for answer in answers], [KEYS, KEYS])

    def test_hold_placed_twice_is_unchanged(self):
        self.api.hold_orders(["#900200"], "manual", "wait")
        answers = self.api.hold_orders(["#900200"], "manual", "wait")
        self.assertEqual(self._results(answers), ["unchanged"])

    def test_number_that_names_nothing_does_not_spoil_the_others(self):
        answers = self.api.hold_orders(["nothing", "#900200"], "manual", "wait")
        self.assertEqual(self._results(answers), ["unknown", "held"])

    def test_unknown_type_is_refused_with_the_known_ones(self):
        with self.assertRaisesRegex(UserError, "unknown_product"):
            self.api.hold_orders(["#900200"], "no_such_type", "wait")

    def test_hold_without_a_reason_is_refused(self):
        with self.assertRaisesRegex(UserError, "reason is empty"):
            self.api.hold_orders(["#900200"], "manual", " ")

    def test_history_names_the_program_that_held(self):
        self.api.hold_orders(["#900200"], "manual", "wait")
        self.assertEqual(self.order.oms_event_ids[0].user_id, self.api.env.user)

    # === RELEASE ===

    def test_one_type_of_hold_is_released(self):
        self._hold(self.order, "manual")
        self._hold(self.order, "address")
        (answer,) = self.api.release_holds(["#900200"], "manual", "called")
        self.assertEqual(
            (answer["result"], [hold["type"] for hold in answer["holds"]]),
            ("released", ["address"]),
        )

    def test_all_holds_are_released_when_no_type_is_named(self):
        self._hold(self.order, "manual")
        self._hold(self.order, "address")
        (answer,) = self.api.release_holds(["#900200"], reason="called")
        self.assertEqual((answer["result"], answer["holds"]), ("released", []))

    def test_order_without_a_hold_is_unchanged(self):
        answers = self.api.release_holds(["#900200"], reason="called")
        self.assertEqual(self._results(answers), ["unchanged"])

    def test_hold_of_a_group_is_refused_to_a_program_outside_of_it(self):
        self._hold(self.order, "fraud")
        self._hold(self.other, "manual")
        answers = self.api.release_holds(["#900200", "#900201"], reason="called")
        self.assertEqual(self._results(answers), ["refused", "released"])
        self.assertIn("Manager", answers[0]["message"])

    # === CANCEL ===

    def test_order_is_cancelled_with_its_reason(self):
        (answer,) = self.api.cancel_orders(["#900200"], "the buyer changed her mind")
        self.assertEqual(
            (answer["result"], answer["state"]), ("cancelled", "cancelled")
        )
        self.assertIn(
            "the buyer changed her mind", self.order.oms_event_ids[0].sentence
        )

    def test_order_cancelled_twice_is_unchanged(self):
        self.api.cancel_orders(["#900200"], "no")
        answers = self.api.cancel_orders(["#900200"], "no")
        self.assertEqual(self._results(answers), ["unchanged"])

    def test_shipped_order_is_not_cancelled_and_does_not_spoil_the_others(self):
        self._ship(self.order)
        answers = self.api.cancel_orders(["#900200", "#900201"], "no")
        self.assertEqual(self._results(answers), ["refused", "cancelled"])
        self.assertIn("return", answers[0]["message"])

    def test_hold_on_cancelling_is_told(self):
        self.env.ref("oms_core.hold_type_manual").blocks_cancel = True
        self._hold(self.order, "manual", "the court said so")
        (answer,) = self.api.cancel_orders(["#900200"], "no")
        self.assertIn("the court said so", answer["message"])

    # === RIGHTS ===

    def test_employee_without_the_role_is_refused(self):
        stranger = self._create_user("test_stranger", "base.group_user")
        api = self.env["oms.api"].with_user(stranger)
        for call in (
            lambda: api.hold_orders(["#900200"], "manual", "x"),
            lambda: api.release_holds(["#900200"], reason="x"),
            lambda: api.cancel_orders(["#900200"], "x"),
        ):
            with self.assertRaisesRegex(AccessError, "Connector"):
                call()

    def test_order_of_another_company_is_unknown(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.api.env.user.write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        api = self.api.with_context(allowed_company_ids=company.ids)
        answers = api.cancel_orders(["#900200"], "no")
        self.assertEqual(self._results(answers), ["unknown"])

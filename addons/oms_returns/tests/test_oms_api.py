# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestOmsApi(ReturnsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(cls.env, "returns_api", "oms_core.group_oms_connector")
        cls.api = cls.env["oms.api"].with_user(user)

    def _prepare_request(self, order, **values):
        return {
            "order": order.name,
            "external_id": "R-1",
            "lines": [{"sku": "MUG", "quantity": "2"}],
            **values,
        }

    def test_program_requests_a_return(self):
        order = self._create_sold_order([(self.mug, 3)])
        [result] = self.api.create_returns([self._prepare_request(order)])
        self.assertEqual(
            (result["result"], result["return"], result["state"]),
            ("created", order.oms_return_ids.name, "requested"),
        )

    def test_repeated_request_makes_one_return(self):
        order = self._create_sold_order([(self.mug, 3)])
        self.api.create_returns([self._prepare_request(order)])
        [result] = self.api.create_returns([self._prepare_request(order)])
        self.assertEqual((result["result"], len(order.oms_return_ids)), ("existing", 1))

    def test_request_repeated_in_one_call_makes_one_return(self):
        order = self._create_sold_order([(self.mug, 3)])
        request = self._prepare_request(order)
        results = self.api.create_returns([request, request])
        self.assertEqual(len({result["return"] for result in results}), 1)

    def test_bad_request_does_not_spoil_the_others(self):
        order = self._create_sold_order([(self.mug, 3)])
        results = self.api.create_returns(
            [
                self._prepare_request(order) | {"order": "S-NOWHERE"},
                self._prepare_request(order),
                self._prepare_request(order, external_id="R-2", lines=[]),
            ]
        )
        self.assertEqual(
            [result["result"] for result in results], ["refused", "created", "refused"]
        )

    def test_refusals_name_the_fact(self):
        order = self._create_sold_order([(self.mug, 3)])
        line = {"sku": "MUG", "quantity": 1}
        cases = (
            ("no order", {"order": None}, "“order” is missing"),
            ("unknown order", {"order": "S-X"}, "No order has the number S-X"),
            ("no lines", {"lines": []}, "“lines” is missing"),
            ("unknown sku", {"lines": [line | {"sku": "X"}]}, "has no line “X”"),
            ("no number", {"lines": [line | {"quantity": "x"}]}, "is not a quantity"),
            ("infinite", {"lines": [line | {"quantity": "inf"}]}, "is not a quantity"),
            ("too many", {"lines": [line | {"quantity": 4}]}, "3 can be returned"),
            ("huge", {"lines": [line | {"quantity": "1e400"}]}, "is not a quantity"),
            ("crumb", {"lines": [line | {"quantity": ".0001"}]}, "no quantity"),
            ("no object", {"lines": ["MUG"]}, "has no line"),
            ("channel", {"channel": "moon"}, "no channel with the code “moon”"),
            ("nothing", {"lines": [line | {"quantity": 0}]}, "no quantity to return"),
        )
        for name, change, message in cases:
            with self.subTest(name):
                [result] = self.api.create_returns(
                    [self._prepare_request(order) | change]
                )
                self.assertIn(message, result["message"])

    def test_request_that_is_no_object_does_not_spoil_the_others(self):
        order = self._create_sold_order([(self.mug, 3)])
        results = self.api.create_returns(["x", self._prepare_request(order), None])
        self.assertEqual(
            [result["result"] for result in results], ["refused", "created", "refused"]
        )

    def test_reason_we_do_not_know_is_kept_as_other(self):
        order = self._create_sold_order([(self.mug, 3)])
        self.api.create_returns([self._prepare_request(order, reason="vibes")])
        self.assertEqual(order.oms_return_ids.reason_id.code, "other")

    def test_two_requests_of_one_call_cannot_take_the_same_unit(self):
        order = self._create_sold_order([(self.mug, 3)])
        results = self.api.create_returns(
            [
                self._prepare_request(order),
                self._prepare_request(order, external_id="R-2"),
            ]
        )
        self.assertEqual(
            [result["result"] for result in results], ["created", "refused"]
        )

    def test_reason_is_kept(self):
        order = self._create_sold_order([(self.mug, 3)])
        self.api.create_returns([self._prepare_request(order, reason="too_small")])
        self.assertEqual(order.oms_return_ids.line_ids.reason_id.code, "too_small")

    def test_status_tells_what_was_received_and_refunded(self):
        rma = self._create_received_return(self._create_sold_order([(self.mug, 3)]))
        rma.action_refund()
        [status] = self.api.return_status([rma.name])
        self.assertEqual(
            (status["state"], status["refund_state"], status["refund_amount"]),
            ("done", "refunded", "36.30"),
        )

    def test_status_of_an_unknown_return_says_so(self):
        [status] = self.api.return_status(["RMA-X"])
        self.assertIn("No return has the number RMA-X", status["message"])

    def test_other_users_may_not_ask(self):
        user = new_test_user(self.env, "returns_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["oms.api"].with_user(user).create_returns([])

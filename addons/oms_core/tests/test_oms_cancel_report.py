# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common_report import ReportCommon


class TestCancelReport(ReportCommon):
    def _get_lines(self, order):
        return self._report("cancel").search([("order_id", "=", order.id)])

    def test_cancelled_order_is_lost_revenue(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        order._action_cancel()
        self.assertEqual(
            self._read("cancel", ["orders", "units", "amount"]),
            {"orders": 1, "units": 3, "amount": 45},
        )

    def test_order_that_stands_is_not_in_it(self):
        self.assertFalse(self._get_lines(self._create_order()))

    def test_stage_is_the_last_step_before_the_cancelling(self):
        order = self._create_order(confirm=False)
        self._tell(order, "capture", hours=9)
        self._tell(order, "pick", hours=5)
        order._action_cancel()
        self._tell(order, "mail")
        self.assertEqual(self._get_lines(order).stage, "pick")

    def test_who_cancelled_is_who_did_it(self):
        order = self._create_order()
        order.with_user(self.user)._action_cancel()
        self.assertEqual(self._get_lines(order).user_id, self.user)

    def test_reason_is_that_of_the_order(self):
        reason = self.env.ref("oms_core.cancel_reason_fraud")
        order = self._create_order()
        order._oms_cancel("card of a third person", reason)
        line = self._get_lines(order)
        self.assertEqual(line.reason_id, reason)
        self.assertEqual(line.reason, "Suspected fraud: card of a third person")

    def test_order_without_history_is_cancelled_too(self):
        order = self._create_order(confirm=False)
        order.state = "cancel"
        line = self._get_lines(order)
        self.assertEqual((line.stage, line.units), (False, 2))

    def test_statements_do_not_grow_with_the_lines(self):
        def read():
            self._read("cancel", ["orders", "amount"])

        self._create_order()._action_cancel()
        few = self._count_statements(read)
        for _number in range(9):
            self._create_order([(self.mug, 1)])._action_cancel()
        self.assertEqual(self._count_statements(read), few)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .settlement_common import SettlementCommon


class TestSettlementMatch(SettlementCommon):
    def test_payment_is_found_by_the_channels_number_of_it(self):
        order = self._order()
        line = self._bring_paid().line_ids
        self.assertEqual(
            (line.state, line.payment_id, line.order_id),
            ("matched", order.oms_payment_ids, order),
        )

    def test_payment_is_found_by_the_number_of_its_order(self):
        order = self._order()
        line = self._bring(self._row("20.00", order="5001")).line_ids
        self.assertEqual(line.payment_id, order.oms_payment_ids)

    def test_payment_of_another_amount_is_suggested_and_not_taken(self):
        order = self._order()
        line = self._bring(self._row("19.00", order="#5001")).line_ids
        self.assertEqual(
            (line.state, line.suggested_payment_id),
            ("unmatched", order.oms_payment_ids),
        )
        self.assertIn("19.00", line.reason)

    def test_order_that_is_not_here_is_named(self):
        line = self._bring(self._row("20.00", order="#777")).line_ids
        self.assertEqual(line.state, "unmatched")
        self.assertIn("#777", line.reason)

    def test_single_payment_of_that_amount_is_suggested(self):
        order = self._order()
        line = self._bring(self._row("20.00")).line_ids
        self.assertEqual(line.suggested_payment_id, order.oms_payment_ids)

    def test_one_payment_is_not_settled_by_two_lines(self):
        self._order()
        lines = self._bring(
            self._row("20.00", payment="t-5001"),
            self._row("20.00", payment="t-5001", key="b-2"),
        ).line_ids
        self.assertEqual(lines.mapped("state"), ["matched", "unmatched"])

    def test_payment_settled_before_is_named_with_its_payout(self):
        self._order()
        self._bring_paid()
        line = self._bring_paid(key="p-2").line_ids
        self.assertIn("p-1", line.reason)

    def test_order_that_comes_later_is_found_then(self):
        settlement = self._bring_paid()
        self._order()
        settlement.action_match()
        self.assertEqual(settlement.unmatched_count, 0)

    def test_reserve_needs_no_payment(self):
        line = self._bring(self._row("-5.00", kind="reserve")).line_ids
        self.assertEqual(line.state, "none")

    def test_hundred_lines_are_matched_like_ten(self):
        self._add_stock(self.mug, 1000)

        def count(start, number):
            keys = [str(at) for at in range(start, start + number)]
            self._import(
                *(
                    self._document(
                        key, payments=(self._pay("20.00", "card", f"t-{key}"),)
                    )
                    for key in keys
                )
            )
            rows = [self._row("20.00", payment=f"t-{key}", key=key) for key in keys]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._bring(*rows, key=f"p-{start}")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(0, 1)
        ten, hundred = count(100, 10), count(1000, 100)
        self.assertLessEqual(hundred - ten, 5, f"{ten} and {hundred}")

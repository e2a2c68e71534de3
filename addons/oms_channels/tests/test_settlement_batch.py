# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .settlement_common import SettlementCommon


class TestSettlementBatch(SettlementCommon):
    def test_lines_of_a_payout_are_posted_together(self):
        counts = []
        for number in (5, 20):
            keys = [f"{number}-{at}" for at in range(number)]
            self._add_stock(self.mug, 100)
            for key in keys:
                self._order(key)
            rows = [self._row("20.00", payment=f"t-{key}", key=key) for key in keys]
            settlement = self._bring(*rows, key=f"p-{number}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            settlement.action_post()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 15 * 2, counts)

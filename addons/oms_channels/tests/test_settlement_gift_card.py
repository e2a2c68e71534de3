# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from ..engine.documents import Payment
from .common import PLACED
from .settlement_common import SettlementCommon


class TestGiftCardSettlement(SettlementCommon):
    def test_gift_card_is_no_part_of_a_payout(self):
        payments = (
            self._pay("5.00", "gift_card"),
            Payment("t-1", "capture", Decimal("15.00"), PLACED, gateway="card"),
        )
        self._order(payments=payments)
        self._bring(self._row("15.00", "0.50", payment="t-1")).action_post()
        self.assertEqual(
            (self._get_balance(self.clearing), self._get_balance(self.owed)),
            (0.0, 5.0),
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from ..engine.settlements import Settlement, SettlementLine
from .common import PLACED
from .test_money import MoneyCommon

PAID_OUT = datetime(2026, 1, 8, tzinfo=timezone.utc)


class SettlementCommon(MoneyCommon):
    """Payouts of the gateway ``card`` in one call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fees = cls._create_account("Card Fees", "TST601", "expense")
        cls.card.fee_account_id = cls.fees
        cls.settlements = cls.env["oms.settlement"]

    def _order(self, key="5001", invoiced=True, **values):
        payment = self._pay("20.00", "card", f"t-{key}")
        order = self._import(self._document(key, **{"payments": (payment,)} | values))
        if invoiced:
            self._invoice(order)
        return order

    def _row(self, gross, fee="0", kind="charge", key="b-1", **values):
        gross, fee = Decimal(gross), Decimal(fee)
        return SettlementLine(key, PLACED, kind, gross, fee, gross - fee, **values)

    def _payout(self, *rows, key="p-1", **values):
        total = sum((row.net for row in rows), Decimal(0))
        currency = self.company.currency_id.name
        return replace(Settlement(key, PAID_OUT, currency, total, rows), **values)

    def _bring(self, *rows, gateway=None, **values):
        _changed, found = self.settlements._import(
            gateway or self.card, [self._payout(*rows, **values)]
        )
        return found

    def _bring_paid(self, fee="0.88", **values):
        return self._bring(self._row("20.00", fee, payment="t-5001"), **values)

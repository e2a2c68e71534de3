# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the shop's payment account has earned, and what it pays out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from .model import Order, Transaction
from .model.base import Record
from .money import rounded
from .orders import CARD
from .store import Store

_RATE, _FIXED = Decimal("0.029"), Decimal("0.30")
_ZERO = Decimal(0)


@dataclass(eq=False)
class Payout(Record):
    KIND = "ShopifyPaymentsPayout"
    issued_at: datetime
    net: Decimal
    currency: str
    status: str = "PAID"


@dataclass(eq=False)
class BalanceTransaction(Record):
    KIND = "ShopifyPaymentsBalanceTransaction"
    type: str
    amount: Decimal
    fee: Decimal
    currency: str
    transaction_date: datetime
    source: Transaction | None = None
    order: Order | None = None
    reason: str | None = None
    payout: Payout | None = None

    @property
    def net(self) -> Decimal:
        return self.amount - self.fee


def rows_of(store: Store, payout: Payout) -> list[BalanceTransaction]:
    return [row for row in store.balance_transactions.values() if row.payout is payout]


def pay_out(store: Store, wishes: dict[str, Any]) -> Payout:
    """Everything by card that was not paid out yet.

    `reserve`, `dispute`, `adjustment`: amounts beside it, signed as they change the
    balance (a dispute also costs a fee of 15.00); `difference`: how much the payout
    is less than what it is made of; `status`: of the payout.
    """
    _collect(store)
    now = store.clock()
    extras = (
        ("reserve", "RESERVED_FUNDS", _ZERO),
        ("dispute", "CHARGEBACK_HOLD", Decimal("15.00")),
        ("adjustment", "ADJUSTMENT", _ZERO),
    )
    for name, kind, fee in extras:
        if name in wishes:
            _add(store, kind, Decimal(str(wishes[name])), fee, now)
    due = [row for row in store.balance_transactions.values() if not row.payout]
    net = sum((row.net for row in due), _ZERO)
    net -= Decimal(str(wishes.get("difference", 0)))
    key = store.next_id("ShopifyPaymentsPayout")
    payout = Payout(key, now, net, store.currency, wishes.get("status", "PAID"))
    store.payouts[payout.id] = payout
    for row in due:
        row.payout = payout
    transfer = _add(store, "TRANSFER", -net, _ZERO, now)
    transfer.payout = payout
    return payout


def _collect(store: Store) -> None:
    known = {row.source for row in store.balance_transactions.values()}
    for order in store.orders.values():
        rows = [*order.transactions]
        rows += [part for made in order.refunds for part in made.transactions]
        for source in dict.fromkeys(rows):
            if (
                source.gateway != CARD
                or source.status != "success"
                or source in known
                or source.kind not in ("sale", "capture", "refund")
            ):
                continue
            amount, fee = source.amount.shop, _ZERO
            if source.kind == "refund":
                amount = -amount
            else:
                fee = rounded(amount * _RATE + _FIXED, store.currency)
            kind = "REFUND" if source.kind == "refund" else "CHARGE"
            row = _add(store, kind, amount, fee, source.created_at)
            row.source, row.order = source, order


def _add(
    store: Store, kind: str, amount: Decimal, fee: Decimal, when: datetime
) -> BalanceTransaction:
    row = BalanceTransaction(
        store.next_id("ShopifyPaymentsBalanceTransaction"),
        kind,
        amount,
        fee,
        store.currency,
        when,
    )
    store.balance_transactions[row.id] = row
    return row

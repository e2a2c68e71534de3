# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the emulated shop earns is paid out to the cent."""

from decimal import Decimal

from emulators.shopify import orders, payouts, pricing
from emulators.shopify.store import Store


def _sell(store, **wishes):
    with store.lock:
        return orders.place(store, {"plain": True} | wishes)


def test_payout_is_what_its_transactions_add_up_to():
    store = Store(seed=3)
    for _turn in range(20):
        _sell(store)
    made = payouts.pay_out(store, {"reserve": "-5", "dispute": "-20"})
    rows = [row for row in payouts.rows_of(store, made) if row.type != "TRANSFER"]
    assert sum(row.net for row in rows) == made.net


def test_what_was_paid_out_is_not_paid_out_again():
    store = Store(seed=3)
    _sell(store)
    payouts.pay_out(store, {})
    assert payouts.pay_out(store, {}).net == 0


def test_money_that_is_only_authorised_is_not_paid_out():
    store = Store(seed=3)
    _sell(store, financial_status="authorized")
    assert payouts.pay_out(store, {}).net == 0


def test_gift_card_is_no_money_of_the_payout():
    store = Store(seed=3)
    order = _sell(store, gift_card="5.00")
    made = payouts.pay_out(store, {})
    card = sum(r.amount for r in payouts.rows_of(store, made) if r.type == "CHARGE")
    assert card == pricing.total(order).shop - Decimal("5.00")

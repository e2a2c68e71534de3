# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_returns.engine.shares import (
    Amounts,
    Tax,
    apportion,
    part,
    split,
    spread,
)


def dec(text):
    return Decimal(str(text))


def amounts(net, *taxes):
    return Amounts(
        dec(net),
        tuple(
            Tax(number, dec(net), dec(tax)) for number, tax in enumerate(taxes, start=1)
        ),
    )


def units(line, quantity, digits=2):
    """The shares of the units of a line, one by one."""
    return [
        part(line, dec(quantity), dec(number), dec(number + 1), digits)
        for number in range(quantity)
    ]


def test_odd_cent_is_on_one_unit():
    shares = units(amounts("10.00"), 3)
    assert [share.net for share in shares] == [dec("3.34"), dec("3.33"), dec("3.33")]


def test_price_with_tax_inside_is_the_same_for_each_unit():
    """3 × 10.00, 21% inside: 24.79 and 5.21."""
    shares = units(amounts("24.79", "5.21"), 3)
    assert [share.gross for share in shares] == [dec("10.00")] * 3


def test_base_of_a_tax_stays_equal_to_the_net_amount():
    shares = units(amounts("10.00", "2.10"), 3)
    assert all(share.taxes[0].base == share.net for share in shares)


def test_currency_without_cents_has_whole_shares():
    shares = units(amounts("1000"), 3, digits=0)
    assert [share.net for share in shares] == [dec(334), dec(333), dec(333)]


def test_currency_with_three_digits_is_split_to_the_third():
    shares = units(amounts("1.000"), 3, digits=3)
    assert [share.net for share in shares] == [dec("0.334"), dec("0.333"), dec("0.333")]


def test_discount_is_split_like_a_price():
    shares = units(amounts("-10.00"), 3)
    assert sum(share.net for share in shares) == dec("-10.00")


def test_broken_quantity_is_worth_its_fraction():
    line = amounts("10.00")
    assert part(line, dec("2.5"), dec(2), dec("2.5"), 2).net == dec("2.00")


def test_discount_falls_on_lines_by_what_they_cost():
    shares = spread(amounts("-10.00", "-2.10"), [dec(30), dec(10)], 2)
    assert [share.net for share in shares] == [dec("-7.50"), dec("-2.50")]


@pytest.mark.parametrize(
    ("case", "coins", "weights", "shares"),
    [
        ("equal", 10, (1, 1), (5, 5)),
        ("odd coin to the first", 10, (1, 1, 1), (4, 3, 3)),
        ("largest remainder first", 10, (1, 2, 4), (1, 3, 6)),
        ("negative", -10, (1, 1, 1), (-4, -3, -3)),
        ("nothing to weigh by", 10, (0, 0), (0, 0)),
        ("nothing to give", 0, (1, 2), (0, 0)),
    ],
)
def test_coins_are_apportioned(case, coins, weights, shares):
    assert apportion(coins, [dec(weight) for weight in weights]) == shares, case


COINS = st.integers(min_value=0, max_value=10**9)
QUANTITIES = st.integers(min_value=1, max_value=400)
DIGITS = st.sampled_from([0, 2, 3])


@given(coins=COINS, quantity=QUANTITIES)
def test_units_differ_by_one_coin_at_most(coins, quantity):
    dealt = split(coins, dec(quantity))
    shares = [dealt.until(dec(n + 1)) - dealt.until(dec(n)) for n in range(quantity)]
    assert max(shares) - min(shares) <= 1


@given(net=COINS, taxes=st.lists(COINS, max_size=4), quantity=QUANTITIES, digits=DIGITS)
def test_buyer_pays_the_same_for_each_unit_but_for_one_coin(
    net, taxes, quantity, digits
):
    coin = dec(1).scaleb(-digits)
    line = amounts(net * coin, *(tax * coin for tax in taxes))
    gross = [share.gross for share in units(line, quantity, digits)]
    assert max(gross) - min(gross) <= coin


@given(
    net=COINS,
    taxes=st.lists(COINS, max_size=3),
    quantity=st.decimals(min_value=dec("0.01"), max_value=50, places=2),
    cuts=st.lists(st.decimals(min_value=0, max_value=50, places=2), max_size=6),
    digits=DIGITS,
)
def test_parts_add_up_to_the_whole(net, taxes, quantity, cuts, digits):
    coin = dec(1).scaleb(-digits)
    line = amounts(net * coin, *(tax * coin for tax in taxes))
    ends = [*sorted(cut for cut in cuts if cut < quantity), quantity]
    whole, start = Amounts(), dec(0)
    for end in ends:
        whole, start = whole + part(line, quantity, start, end, digits), end
    assert whole == Amounts() + line


@given(
    net=COINS,
    quantity=st.decimals(min_value=dec("0.01"), max_value=50, places=2),
    start=st.decimals(min_value=0, max_value=50, places=2),
    length=st.decimals(min_value=0, max_value=50, places=2),
)
def test_no_part_is_negative(net, quantity, start, length):
    line = amounts(net)
    first = min(start, quantity)
    last = min(first + length, quantity)
    assert part(line, quantity, first, last, 0).net >= 0


@given(
    coins=st.integers(min_value=-(10**9), max_value=10**9),
    weights=st.lists(
        st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=20
    ).filter(any),
)
def test_apportioned_coins_add_up(coins, weights):
    assert sum(apportion(coins, weights)) == coins

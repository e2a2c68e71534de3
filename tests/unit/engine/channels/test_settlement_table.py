# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables of payouts, as gateways write them."""

import contextlib
import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine import settlement_table, settlements
from odoo.addons.oms_channels.engine.errors import Rejected
from odoo.addons.oms_channels.engine.settlement_table import read_settlements
from odoo.addons.oms_channels.engine.settlements import share_balance

TABLE = """Transaction Date,Type,Order,Amount,Fee,Net,Currency
2026-01-02 10:00:00 -0500,charge,#1001,20.00,0.88,19.12,USD
2026-01-03,refund,#1000,-5.00,0.00,-5.00,USD
2026-01-04,payout,,-14.12,0,-14.12,USD
"""


def read(text, **values):
    values = {"reference": "p-1", "currency": "USD"} | values
    return read_settlements(text, **values)


@pytest.mark.parametrize("module", [settlements, settlement_table])
def test_examples_in_the_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_row_of_the_payout_is_the_total_and_no_line():
    (payout,) = read(TABLE)
    assert (payout.total, len(payout.lines), payout.difference) == (
        Decimal("14.12"),
        2,
        0,
    )


def test_payout_less_than_its_rows_shows_the_difference():
    (payout,) = read(TABLE.replace("-14.12", "-14.00"))
    assert payout.difference == Decimal("-0.12")


def test_total_may_be_given_where_the_table_has_none():
    (payout,) = read("date,amount\n2026-01-01,20\n", total=Decimal(19))
    assert payout.difference == Decimal(-1)


def test_time_of_another_zone_is_kept_in_utc():
    assert read(TABLE)[0].lines[0].date.isoformat() == "2026-01-02T15:00:00+00:00"


def test_several_payouts_in_a_table_are_kept_apart():
    text = "payout id,date,amount\n1,2026-01-01,20\n2,2026-01-02,30\n,2026-01-03,40\n"
    assert [(p.external_id, p.total) for p in read(text)] == [("1", 20), ("2", 30)]


def test_type_is_guessed_by_the_sign_where_it_is_not_said():
    (payout,) = read("date,amount\n2026-01-01,20\n2026-01-01,-5\n")
    assert [line.kind for line in payout.lines] == ["charge", "refund"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Chargeback", "dispute"),
        ("Reserved funds", "reserve"),
        ("Order payment", "charge"),
        ("Refund", "refund"),
        ("Marketplace facilitator tax", "tax"),
        ("Goodwill", "adjustment"),
    ],
)
def test_words_of_gateways_are_understood(word, kind):
    (payout,) = read(f"date,type,amount\n2026-01-01,{word},1\n")
    assert payout.lines[0].kind == kind


@pytest.mark.parametrize("fee", ["0.88", "-0.88"])
def test_fee_is_kept_with_and_without_a_minus(fee):
    (payout,) = read(f"date,amount,fee,net\n2026-01-01,20,{fee},19.12\n")
    assert payout.lines[0].fee == Decimal("0.88")


def test_row_that_is_a_fee_is_all_fee():
    (payout,) = read("date,type,amount\n2026-01-01,Monthly fee,-9.90\n")
    line = payout.lines[0]
    assert (line.gross, line.fee, line.net) == (0, Decimal("9.90"), Decimal("-9.90"))


def test_row_whose_net_is_something_else_is_found():
    (payout,) = read("date,amount,fee,net\n2026-01-01,20,1,18\n")
    assert settlements.list_unbalanced(payout.lines) == [*payout.lines]


def test_columns_and_marks_of_elsewhere_are_read_by_a_mapping():
    columns = {"gross": "Betrag", "date": "Datum", "date_format": "%d.%m.%Y"}
    text = "Datum;Betrag\n31.01.2026;1.234,50\n"
    (payout,) = read(text, columns=columns, decimal_mark=",")
    assert payout.total == Decimal("1234.50")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("date,worth\n2026-01-01,1\n", "gross"),
        ("date,amount\n2026-01-01,one\n", "Row 2"),
        ("date,amount\nyesterday,1\n", "yesterday"),
        ("date,amount,currency\n2026-01-01,1,USD\n2026-01-01,1,EUR\n", "EUR, USD"),
        ("payout,date,amount\n,2026-01-01,1\n", "paid out"),
    ],
)
def test_what_is_wrong_is_named(text, word):
    with pytest.raises(Rejected, match=word):
        read(text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(Rejected):
        assert read("date,amount,fee,net,type\n" + text)


AMOUNTS = st.lists(
    st.decimals(-9999, 9999, places=2, allow_nan=False), min_size=1, max_size=20
)


@given(AMOUNTS, st.decimals("0.01", 200, places=6), st.sampled_from([0, 2, 3]))
def test_balances_add_up_whatever_the_rate(amounts, rate, digits):
    unit = Decimal(1).scaleb(-digits)
    balance = (sum(amounts) * rate).quantize(unit)
    assert sum(share_balance(amounts, rate, balance, digits)) == balance

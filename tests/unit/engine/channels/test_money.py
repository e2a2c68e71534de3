# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts and times are read exactly or not at all."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine import money, shares

weights = st.lists(st.decimals("0", "9999", places=2), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("598.94", "598.94"),
        (" 7 ", "7"),
        (0.1, "0.1"),
        (77.63999999999999, "77.63999999999999"),
        (1e-5, "0.00001"),
        (3, "3"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_number_is_read_as_it_is_written(written, number):
    assert money.parse_decimal(written) == Decimal(number)


@pytest.mark.parametrize(
    "written",
    ["", "1,50", "1e5", "NaN", "½", "²", "9" * 16, 1e300, float("inf"), True, None, []],
)
def test_what_is_no_plain_number_is_refused(written):
    with pytest.raises(ValueError, match="not a number"):
        money.parse_decimal(written)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2008-01-10T11:00:00-05:00", "2008-01-10T16:00:00+00:00"),
        ("2026-03-29T01:30:00Z", "2026-03-29T01:30:00+00:00"),
        ("2026-03-29T01:30:00.5Z", "2026-03-29T01:30:00.500000+00:00"),
        ("2026-03-29T01:30:00.123456789Z", "2026-03-29T01:30:00.123456+00:00"),
    ],
)
def test_time_is_read_in_utc(written, moment):
    assert money.parse_moment(written).isoformat() == moment


@pytest.mark.parametrize(
    "written", ["2026-03-29", "2026-03-29T01:30:00", "0000-00-00T00:00:00Z", 5, None]
)
def test_time_that_is_not_certain_is_refused(written):
    with pytest.raises(ValueError, match=r".+"):
        money.parse_moment(written)


@given(amount=st.decimals("-9999", "9999", places=2), weights=weights)
def test_shares_add_up_to_the_amount(amount, weights):
    assert sum(shares.apportion(amount, weights)) == amount


@given(amount=st.decimals("0", "9999", places=2), weights=weights)
def test_no_share_is_a_cent_from_its_weight(amount, weights):
    total = sum(weights)
    for share, weight in zip(shares.apportion(amount, weights), weights, strict=True):
        if total:
            assert abs(share - amount * weight / total) < Decimal("0.01")


@pytest.mark.parametrize("module", [money, shares])
def test_examples_of_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0

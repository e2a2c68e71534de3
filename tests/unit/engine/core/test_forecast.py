# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_core.engine.forecast import (
    Forecast,
    LeadTime,
    Pattern,
    classify,
    croston,
    forecast,
    safety_stock,
    smooth,
    suggest,
)

days = st.lists(st.integers(0, 1000).map(float), min_size=1, max_size=200)
levels = st.floats(0.01, 0.99)
leads = st.builds(LeadTime, st.floats(0, 200), st.floats(0, 50))

# Oil production in Saudi Arabia, 1996 to 2013, and its smoothed levels:
# Hyndman and Athanasopoulos, "Forecasting: principles and practice", section 7.1 of
# the second edition (alpha 0.8339, first level 446.5868).
OIL = [
    *(445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43),
    *(521.28, 508.95, 488.89, 509.87, 456.72, 473.82, 525.95, 549.83, 542.34),
]
OIL_LEVELS = [
    *(446.59, 445.57, 451.93, 454.00, 427.63, 451.32, 442.20, 428.02, 476.54),
    *(496.46, 517.15, 510.31, 492.45, 506.98, 465.07, 472.36, 517.05, 544.39, 542.68),
]


def make(rate, deviation):
    return Forecast(Pattern("smooth", 1.0, 0.0), "ses", rate, deviation)


# === EXAMPLES ===


def test_smoothing_gives_the_levels_of_the_textbook():
    found = smooth(OIL, alpha=0.8339, start=446.5868)
    assert found == pytest.approx(OIL_LEVELS, abs=0.01)


# Sizes 4, 8, 2 after 2, 3, 1 days; on average 14/3 every 2 days. With alpha 0.5 they
# are smoothed to 13/3, 37/6, 49/12 and 2, 5/2, 7/4.
RARE = [0, 4, 0, 0, 8, 2]


def test_croston_smooths_size_and_interval_apart():
    steps = [7 / 3, 7 / 3, 13 / 6, 13 / 6, 13 / 6, 37 / 15, 7 / 3]
    assert croston(RARE, alpha=0.5) == pytest.approx(steps)


def test_croston_is_corrected_by_half_the_smoothing():
    found = forecast(RARE, alpha=0.5)
    assert found.method == "sba"
    assert found.rate == pytest.approx((1 - 0.5 / 2) * 7 / 3)


def test_first_demand_on_the_first_day_is_not_taken_for_daily():
    assert forecast([5] + [0] * 39 + [5] + [0] * 39).rate < 0.2


@pytest.mark.parametrize(
    ("kind", "demand"),
    [
        ("none", [0, 0, 0]),
        ("smooth", [5, 6, 5, 4, 5, 6]),
        ("erratic", [1, 1, 1, 9, 1, 1]),
        ("intermittent", [0, 0, 5, 0, 0, 5]),
        ("lumpy", [0, 1, 0, 1, 0, 9]),
    ],
)
def test_pattern_is_named_by_interval_and_variation(kind, demand):
    assert classify(demand).kind == kind


def test_interval_and_variation_are_those_of_the_definition():
    # Demand on 2 of 6 days, of 2 and 4: mean 3, variance 1.
    found = classify([2, 0, 0, 4, 0, 0])
    assert (found.interval, found.variation) == pytest.approx((3, 1 / 9))


def test_safety_stock_covers_demand_and_lead_time():
    # z(97.725 %) = 2; sqrt(9 · 4² + 10² · 0.5²) = 13.
    found = safety_stock(make(10, 4), LeadTime(9, 0.5), 0.977249868)
    assert found == pytest.approx(26)


def test_suggestion_orders_again_when_the_lead_time_begins_to_matter():
    found = suggest(make(2, 0), LeadTime(5), 0.95, available=7, review=10)
    assert (found.safety, found.minimum, found.maximum) == (0, 10, 30)
    assert found.lasts == 3.5


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_service_level_is_a_share(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        safety_stock(make(1, 1), LeadTime(1), level)


def test_what_is_gone_already_lasts_no_time():
    assert suggest(make(2, 0), LeadTime(5), 0.95, available=-3, review=1).lasts == 0


# === PROPERTIES ===


@given(days)
def test_nothing_is_below_zero(demand):
    found = forecast(demand)
    assert found.rate >= 0
    assert found.deviation >= 0


@given(days, leads, levels, st.floats(-100, 100), st.floats(0, 60))
def test_suggestions_are_in_order(demand, lead, level, available, review):
    found = suggest(forecast(demand), lead, level, available, review)
    assert 0 <= found.safety <= found.minimum <= found.maximum
    assert found.lasts is None or found.lasts >= 0


@given(st.integers(1, 200), leads, levels)
def test_no_demand_needs_no_stock(length, lead, level):
    expected = forecast([0.0] * length)
    assert (expected.rate, expected.deviation) == (0, 0)
    assert suggest(expected, lead, level, 0, 30).maximum == 0


@given(st.integers(1, 1000), st.integers(1, 200))
def test_constant_demand_is_expected_to_stay(quantity, length):
    found = forecast([float(quantity)] * length)
    assert found.rate == pytest.approx(quantity)
    assert found.deviation == pytest.approx(0, abs=1e-6)


@given(days, st.sampled_from([0.01, 0.5, 3.0, 1000.0]))
def test_other_units_give_the_same_forecast_in_other_units(demand, factor):
    one, other = forecast(demand), forecast([factor * size for size in demand])
    assert other.pattern.kind == one.pattern.kind
    assert math.isclose(other.rate, factor * one.rate, rel_tol=1e-9, abs_tol=1e-12)
    assert math.isclose(
        other.deviation, factor * one.deviation, rel_tol=1e-6, abs_tol=1e-9
    )


@given(days)
def test_forecast_lies_within_what_was_seen(demand):
    assert forecast(demand).rate <= max(demand) + 1e-9


@given(days, leads, levels, levels)
def test_better_service_needs_no_less_stock(demand, lead, one, other):
    expected = forecast(demand)
    worse, better = sorted((one, other))
    assert safety_stock(expected, lead, worse) <= safety_stock(expected, lead, better)

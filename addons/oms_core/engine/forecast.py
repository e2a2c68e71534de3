# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What will be asked for a day, and how much to keep for bad days.

Demand is a list of quantities, one a day, oldest first. How it comes chooses the
method, with the bounds of Syntetos, Boylan and Croston, "On the categorization of
demand patterns", Journal of the Operational Research Society 56 (2005): the average
interval between days with demand (ADI) and the squared coefficient of variation of
their quantities (CV²).

* On most days (ADI up to 1.32): simple exponential smoothing (Brown 1956; Hyndman and
  Athanasopoulos, "Forecasting: principles and practice", section 8.1).
* Now and then: Croston's method (Operational Research Quarterly 23, 1972) with the
  correction of its bias by Syntetos and Boylan, "The accuracy of intermittent demand
  estimates", International Journal of Forecasting 21 (2005).

Safety stock covers the error of the forecast over the lead time, and the lead time's
own (Silver, Pyke and Thomas, "Inventory and Production Management in Supply Chains",
chapter 6). Weekdays, seasons and trends are not modelled.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, pvariance

ADI_BOUND = 1.32
CV2_BOUND = 0.49
# Slow on purpose: one loud day must not empty the supplier.
SMOOTHING = 0.1
# The level starts as the average of so many first days.
WARM_UP = 14


@dataclass(frozen=True, slots=True)
class Pattern:
    """How demand comes: ``none``, ``smooth``, ``erratic``, ``intermittent``, ``lumpy``.

    ``interval`` is ADI, ``variation`` is CV²; both 0 without any demand.
    """

    kind: str
    interval: float
    variation: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected units a day, and the standard deviation of a day's error.

    ``method``: ``none`` (no demand), ``ses`` or ``sba``.
    """

    pattern: Pattern
    method: str
    rate: float
    deviation: float


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days between ordering and having; ``deviation`` is their standard deviation."""

    days: float
    deviation: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to keep: ``safety``, and when and up to what to order again.

    ``lasts`` is the days until nothing is left, None if nothing is asked for.
    """

    safety: float
    minimum: float
    maximum: float
    lasts: float | None


def classify(demand: Sequence[float]) -> Pattern:
    """The pattern of a demand, see the module."""
    sizes = [size for size in demand if size > 0]
    if not sizes:
        return Pattern("none", 0.0, 0.0)
    interval = len(demand) / len(sizes)
    # Shares of the largest: neither tiny nor huge quantities leave the numbers.
    shares = [size / max(sizes) for size in sizes]
    variation = pvariance(shares) / fmean(shares) ** 2
    often, even = interval <= ADI_BOUND, variation <= CV2_BOUND
    if often:
        return Pattern("smooth" if even else "erratic", interval, variation)
    return Pattern("intermittent" if even else "lumpy", interval, variation)


def smooth(
    demand: Sequence[float], alpha: float = SMOOTHING, start: float | None = None
) -> list[float]:
    """Levels of simple exponential smoothing: before the first day, after each one."""
    level = fmean(demand[:WARM_UP]) if start is None else start
    levels = [level]
    for quantity in demand:
        level += alpha * (quantity - level)
        levels.append(level)
    return levels


def croston(demand: Sequence[float], alpha: float = SMOOTHING) -> list[float]:
    """Rates of Croston's method, before the first day and after each one.

    Size and interval are smoothed apart, on days with demand. Both start as their
    averages: a first demand on the first day would count as daily for months.
    """
    sizes = [size for size in demand if size > 0]
    if not sizes:
        return [0.0] * (len(demand) + 1)
    size, interval = fmean(sizes), len(demand) / len(sizes)
    since = 0
    rates = [size / interval]
    for quantity in demand:
        since += 1
        if quantity > 0:
            size += alpha * (quantity - size)
            interval += alpha * (since - interval)
            since = 0
        rates.append(size / interval)
    return rates


def forecast(demand: Sequence[float], alpha: float = SMOOTHING) -> Forecast:
    """What is expected a day after these days; never below zero."""
    pattern = classify(demand)
    if pattern.kind == "none":
        return Forecast(pattern, "none", 0.0, 0.0)
    if pattern.interval <= ADI_BOUND:
        rates, method = smooth(demand, alpha), "ses"
    else:
        # Croston's rate is too high by this factor, on average.
        rates = [(1 - alpha / 2) * rate for rate in croston(demand, alpha)]
        method = "sba"
    errors = (real - rate for real, rate in zip(demand, rates, strict=False))
    deviation = math.sqrt(fmean(error**2 for error in errors))
    return Forecast(pattern, method, rates[-1], deviation)


def safety_stock(
    expected: Forecast, lead_time: LeadTime, service_level: float
) -> float:
    """Units to keep so that, of the given share of cycles, none runs out.

    :param service_level: share between 0 and 1 of cycles without a stock-out; half
        of them need no safety stock at all
    """
    if not 0 < service_level < 1:
        raise ValueError(f"A service level is between 0 and 1, not {service_level}.")
    if not expected.rate:
        return 0.0
    spread = math.hypot(
        math.sqrt(lead_time.days) * expected.deviation,
        expected.rate * lead_time.deviation,
    )
    return max(NormalDist().inv_cdf(service_level), 0.0) * spread


def suggest(
    expected: Forecast,
    lead_time: LeadTime,
    service_level: float,
    available: float,
    review: float,
) -> Suggestion:
    """What to keep of a product at a node.

    :param available: units that can still be promised
    :param review: days of demand that one order brings
    """
    safety = safety_stock(expected, lead_time, service_level)
    minimum = expected.rate * lead_time.days + safety
    lasts = max(available, 0.0) / expected.rate if expected.rate else None
    return Suggestion(safety, minimum, minimum + expected.rate * review, lasts)

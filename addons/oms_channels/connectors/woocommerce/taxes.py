# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Taxes by rate, to the last unit.

A line has its tax as one rounded figure and, by rate, in shares with many decimals; the
order has a figure for each rate. Shops round each line or, by a setting, each rate: the
shares are rounded here so that they add up to the figures the buyer saw.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from ...engine.documents import ZERO, Tax
from ...engine.reading import Node

WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
HUNDRED = Decimal(100)
HIGHEST_RATE = Decimal(1000)
NO_RATE = ""
Shares = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of ``tax_lines``; ``percent`` is None where an old shop says none."""

    title: str
    percent: Decimal | None
    is_compound: bool
    on_goods: Decimal
    on_shipping: Decimal


@dataclass(slots=True)
class Taxed:
    """A line on its way: ``shares`` become whole units."""

    net: Decimal
    tax: Decimal
    shares: Shares
    is_shipping: bool
    exact: Shares = field(default_factory=dict)


def read_rates(order: Node) -> dict[str, Rate]:
    return {
        node.text("rate_id"): Rate(
            title=node.text("label") or node.text("rate_code") or "Tax",
            percent=_read_percent(node),
            is_compound=node.flag("compound"),
            on_goods=node.number_or(ZERO, "tax_total"),
            on_shipping=node.number_or(ZERO, "shipping_tax_total"),
        )
        for node in order.items("tax_lines")
    }


def _read_percent(node: Node) -> Decimal | None:
    if node.get("rate_percent").value in (None, ""):
        return None
    percent = node.number("rate_percent", least=ZERO)
    if percent > HIGHEST_RATE:
        raise node.get("rate_percent").refuse(f"must be at most {HIGHEST_RATE}")
    return percent


def read_taxed(node: Node, is_shipping: bool) -> Taxed:
    """Net and taxes of a line, after discount."""
    exact: Shares = {}
    for share in node.items("taxes"):
        amount = share.number_or(ZERO, "total")
        if share.get("total").value not in (None, ""):
            key = share.text("id")
            exact[key] = exact.get(key, ZERO) + amount
    total = sum(exact.values(), ZERO)
    tax = node.number_or(total, "total_tax")
    if not exact and tax:
        exact = {NO_RATE: tax}
    return Taxed(node.number("total"), tax, {}, is_shipping, exact)


def settle(rows: Sequence[Taxed], order: Node, rates: dict[str, Rate], unit: Decimal):
    """Fill in ``shares``: first as each line has it, then as the order has it."""
    for row in rows:
        shares = spread([*row.exact.values()], row.tax, unit)
        row.shares = dict(zip(row.exact, shares, strict=True))
    for is_shipping, key in ((False, "cart_tax"), (True, "shipping_tax")):
        group = [row for row in rows if row.is_shipping == is_shipping]
        wanted = {
            rate_key: rate.on_shipping if is_shipping else rate.on_goods
            for rate_key, rate in rates.items()
        }
        charged = order.number_or(sum(wanted.values(), ZERO), key)
        if charged == sum(wanted.values(), ZERO):
            _settle_group(group, wanted, unit)


def _settle_group(group: Sequence[Taxed], wanted: Shares, unit: Decimal) -> None:
    for key, amount in wanted.items():
        rows = [row for row in group if key in row.shares]
        gap = amount - sum((row.shares[key] for row in rows), ZERO)
        # More than the rounding of each line is no rounding, and not mended here.
        if gap and abs(gap) <= unit * len(rows):
            shares = spread([row.exact[key] for row in rows], amount, unit)
            for row, share in zip(rows, shares, strict=True):
                row.shares[key] = share


def spread(exact: Sequence[Decimal], total: Decimal, unit: Decimal) -> list[Decimal]:
    """The figures in whole units, nearest to what they are, that add up to the total.

    >>> spread([Decimal("1.125"), Decimal("0.225"), Decimal("0.9")],
    ...        Decimal("2.25"), Decimal("0.01"))
    [Decimal('1.12'), Decimal('0.23'), Decimal('0.90')]
    """
    if not exact:
        return []
    rounded = [WIDE.quantize(value, unit) for value in exact]
    left = WIDE.subtract(total, sum(rounded, ZERO))
    step = unit if left > 0 else -unit
    by_loss = sorted(
        range(len(exact)), key=lambda at: ((rounded[at] - exact[at]) * step, at)
    )
    # One unit each is rounding; what is more than that goes where most is.
    for at in by_loss:
        if abs(left) >= unit:
            rounded[at] += step
            left -= step
    if left:
        largest = max(range(len(exact)), key=lambda at: abs(exact[at]))
        rounded[largest] += left
    return rounded


def find_fractions(
    rows: Sequence[Taxed], rates: dict[str, Rate], unit: Decimal
) -> dict[str, Decimal]:
    """Each rate as a fraction; from the amounts where the shop does not say it."""
    keys = dict.fromkeys([*rates, *(key for row in rows for key in row.exact)])
    return {
        key: rates[key].percent / HUNDRED  # type: ignore[operator]
        if key in rates and rates[key].percent is not None
        else _guess([row for row in rows if key in row.exact], key, unit)
        for key in keys
    }


def _guess(rows: Sequence[Taxed], key: str, unit: Decimal) -> Decimal:
    """The roundest rate that gives the amounts."""
    base = sum((row.net for row in rows), ZERO)
    amount = sum((row.exact[key] for row in rows), ZERO)
    if not base or amount / base < 0 or amount / base * HUNDRED > HIGHEST_RATE:
        return ZERO
    allowed = unit * len(rows)
    for digits in range(2, 6):
        rate = WIDE.quantize(amount / base, Decimal(1).scaleb(-digits))
        if abs(rate * base - amount) <= allowed / 2:
            break
    return rate


def make_taxes(
    row: Taxed, rates: dict[str, Rate], fractions: dict[str, Decimal]
) -> tuple[Tax, ...]:
    """Taxes of a line; a compound rate, on top of others, by what it comes to."""
    simple = [
        key for key in row.shares if key not in rates or not rates[key].is_compound
    ]
    compound = [key for key in rates if key in row.shares and key not in simple]
    reached = sum((fractions[key] for key in simple), ZERO)
    found = {key: fractions[key] for key in simple}
    for key in compound:
        given = rates[key].percent is not None
        found[key] = fractions[key] * (1 + reached) if given else fractions[key]
        reached += found[key]
    return tuple(
        Tax(rates[key].title if key in rates else "Tax", found[key], amount)
        for key, amount in row.shares.items()
        if amount or found[key]
    )

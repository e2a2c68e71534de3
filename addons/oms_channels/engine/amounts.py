# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exact amounts of a line, and whether the channel's figures agree."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .documents import ZERO, ChannelOrder, Line

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class TaxDifference:
    """A tax whose amount is not what its rate gives."""

    title: str
    rate: Decimal
    charged: Decimal
    expected: Decimal

    @property
    def amount(self) -> Decimal:
        return abs(self.charged - self.expected)


def net_without_tax(line: Line, taxes_included: bool) -> Decimal:
    """What is paid for the line, taxes apart."""
    return line.net - line.tax if taxes_included else line.net


def discount_percent(line: Line, digits: int = 2) -> Decimal:
    """The discount as a person reads it; the exact amounts are kept beside it.

    >>> discount_percent(Line("1", "Mug", Decimal(3), Decimal("9.99"),
    ...                       discount=Decimal("5.00")))
    Decimal('16.68')
    """
    gross = line.unit_price * line.quantity
    if not gross:
        return ZERO
    return round_half_up(line.discount / gross * HUNDRED, digits)


def round_half_up(amount: Decimal, digits: int) -> Decimal:
    """Round as people and most platforms do.

    >>> round_half_up(Decimal("0.125"), 2)
    Decimal('0.13')
    """
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def tax_differences(
    order: ChannelOrder, limit: Decimal, digits: int = 2
) -> list[TaxDifference]:
    """Taxes that differ from what their rate gives, by more than ``limit`` in all.

    Amounts are added up per tax before they are compared, since platforms round
    per line or per order; one unit of the last digit per line is always allowed.
    """
    charged: dict[tuple[str, Decimal], Decimal] = {}
    expected: dict[tuple[str, Decimal], Decimal] = {}
    lines: dict[tuple[str, Decimal], int] = {}
    for line in order.lines:
        rates = sum((tax.rate for tax in line.taxes), ZERO)
        base = line.net / (1 + rates) if order.taxes_included else line.net
        for tax in line.taxes:
            key = tax.title, tax.rate
            charged[key] = charged.get(key, ZERO) + tax.amount
            expected[key] = expected.get(key, ZERO) + base * tax.rate
            lines[key] = lines.get(key, 0) + 1
    unit = Decimal(1).scaleb(-digits)
    return [
        TaxDifference(title, rate, amount, round_half_up(expected[title, rate], digits))
        for (title, rate), amount in charged.items()
        if abs(amount - expected[title, rate]) > limit + unit * lines[title, rate]
    ]

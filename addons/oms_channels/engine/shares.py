# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Splits an amount exactly, to the last unit."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal


def apportion(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Shares of an amount by weight that add up to it, by largest remainder.

    The shares have the decimals that the amount has. Without any weight, the first
    gets everything.

    >>> apportion(Decimal("10.00"), [Decimal(1), Decimal(1), Decimal(1)])
    [Decimal('3.34'), Decimal('3.33'), Decimal('3.33')]
    """
    total = sum(weights, Decimal(0))
    if not total:
        return [amount, *(amount * 0 for _weight in weights[1:])]
    exponent = amount.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    exact = [amount * weight / total for weight in weights]
    shares = [share.quantize(unit, ROUND_FLOOR) for share in exact]
    left = int((amount - sum(shares, Decimal(0))) / unit)
    by_loss = sorted(range(len(weights)), key=lambda at: (shares[at] - exact[at], at))
    for at in by_loss[:left]:
        shares[at] += unit
    return shares

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one unit of a sold line is worth, to the smallest coin.

Three units that cost 10.00 together are not worth 3.33 each: one of them carries
the odd cent. Which one is settled once, from the figures of the invoice alone, so
that returning the units in any number of steps gives back exactly what was paid:
the sum over all units *is* the invoiced amount, for the net amount and for every
tax alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax of a line: its identifier, what it is computed on, what it comes to."""

    id: int
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of a line in one currency: without tax, and each tax."""

    net: Decimal = ZERO
    taxes: tuple[Tax, ...] = ()

    @property
    def gross(self) -> Decimal:
        return self.net + sum((tax.amount for tax in self.taxes), ZERO)

    def __add__(self, other: "Amounts") -> "Amounts":
        taxes = {tax.id: tax for tax in self.taxes}
        for tax in other.taxes:
            known = taxes.get(tax.id, Tax(tax.id, ZERO, ZERO))
            taxes[tax.id] = Tax(
                tax.id, known.base + tax.base, known.amount + tax.amount
            )
        return Amounts(self.net + other.net, tuple(taxes.values()))

    def __neg__(self) -> "Amounts":
        return Amounts(
            -self.net, tuple(Tax(tax.id, -tax.base, -tax.amount) for tax in self.taxes)
        )

    def __sub__(self, other: "Amounts") -> "Amounts":
        return self + -other


@dataclass(frozen=True, slots=True)
class Split:
    """How a number of coins falls on the units of a quantity.

    Every whole unit gets ``each`` coins, the broken unit at the end (0.5 of 2.5)
    gets ``last``; the coins left over go one by one to ``extra`` whole units, from
    the unit numbered ``first`` on and round to the beginning.
    """

    quantity: Decimal
    each: int
    last: int
    first: int
    extra: int

    def until(self, quantity: Decimal) -> int:
        """Coins of the first ``quantity`` units together."""
        if quantity >= self.quantity:
            return self._whole(self._units) + self.last
        whole = int(quantity // 1)
        coins = self._whole(whole)
        broken = quantity - whole
        if broken:
            coins += _round_half_up(self._share(whole) * Fraction(broken))
        return coins

    @property
    def _units(self) -> int:
        return int(self.quantity // 1)

    def _whole(self, units: int) -> int:
        """Coins of the first whole units: the dealt ones may wrap around."""
        end = self.first + self.extra
        dealt = max(min(units, end) - self.first, 0) + min(
            units, max(end - self._units, 0)
        )
        return units * self.each + dealt

    def _share(self, number: int) -> Fraction:
        """Coins per unit of the unit with this number; the last may be a broken one."""
        if number < self._units:
            return Fraction(self._whole(number + 1) - self._whole(number))
        return self.last / Fraction(self.quantity - self._units)


def split(coins: int, quantity: Decimal, first: int = 0) -> Split:
    """Deal coins to the units of a quantity by largest remainder.

    Whole units have equal remainders: ``first`` says which of them is served first.
    """
    units = int(quantity // 1)
    per_unit = Fraction(coins) / Fraction(quantity)
    each = per_unit.__floor__() if units else 0
    last = (per_unit * Fraction(quantity - units)).__floor__()
    return Split(quantity, each, last, first, coins - each * units - last)


def part(
    amounts: Amounts, quantity: Decimal, start: Decimal, end: Decimal, digits: int
) -> Amounts:
    """The amounts of the units from ``start`` to ``end`` of a line.

    The odd coins of net amount and taxes are dealt to different units, one after
    the other, so that what the buyer paid for two units differs by one coin at most.

    :param amounts: what the whole line came to
    :param quantity: units of the whole line
    :param start: units that went before; 0 for the first return
    :param digits: decimal places of the currency
    """
    units = max(int(quantity // 1), 1)
    first = 0

    def share(amount: Decimal, offset: int) -> tuple[Decimal, int]:
        coins = to_coins(amount, digits)
        dealt = split(abs(coins), quantity, offset)
        taken = dealt.until(end) - dealt.until(start)
        return (
            to_amount(taken if coins >= 0 else -taken, digits),
            (offset + dealt.extra) % units,
        )

    net, first = share(amounts.net, first)
    taxes = []
    for tax in amounts.taxes:
        # A base that equals the net amount is dealt alike and stays equal.
        base, _ = share(tax.base, 0)
        amount, first = share(tax.amount, first)
        taxes.append(Tax(tax.id, base, amount))
    return Amounts(net, tuple(taxes))


def spread(
    amounts: Amounts, weights: Sequence[Decimal], digits: int
) -> tuple[Amounts, ...]:
    """Apportion the amounts of an order discount to the lines that it reduced."""
    nets = apportion(to_coins(amounts.net, digits), weights)
    taxes = [
        (
            tax.id,
            apportion(to_coins(tax.base, digits), weights),
            apportion(to_coins(tax.amount, digits), weights),
        )
        for tax in amounts.taxes
    ]
    return tuple(
        Amounts(
            to_amount(net, digits),
            tuple(
                Tax(
                    tax_id,
                    to_amount(bases[index], digits),
                    to_amount(amounts_[index], digits),
                )
                for tax_id, bases, amounts_ in taxes
            ),
        )
        for index, net in enumerate(nets)
    )


def apportion(coins: int, weights: Sequence[Decimal]) -> tuple[int, ...]:
    """Whole coins in proportion to weights, by largest remainder (Hamilton).

    Equal remainders are served in the order given.
    """
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    if not whole:
        return (0,) * len(weights)
    sign, left = (1 if coins >= 0 else -1), abs(coins)
    exact = [left * Fraction(weight) / whole for weight in weights]
    shares = [quota.__floor__() for quota in exact]
    by_remainder = sorted(
        range(len(exact)), key=lambda index: (shares[index] - exact[index], index)
    )
    for index in by_remainder[: left - sum(shares)]:
        shares[index] += 1
    return tuple(sign * share for share in shares)


def to_coins(amount: Decimal, digits: int) -> int:
    """An amount in the currency's smallest coin."""
    return int(amount.scaleb(digits).to_integral_value(ROUND_HALF_UP))


def to_amount(coins: int, digits: int) -> Decimal:
    return Decimal(coins).scaleb(-digits)


def _round_half_up(value: Fraction) -> int:
    return (value + Fraction(1, 2)).__floor__()

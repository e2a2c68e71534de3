# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts as Shopify keeps them: in the shop's and in the buyer's currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
_DIGITS = {"BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3} | dict.fromkeys(
    ("CLP", "ISK", "JPY", "KRW", "VND"), 0
)


def digits(currency: str) -> int:
    return _DIGITS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits(currency)), ROUND_HALF_UP)


def text(amount: Decimal, currency: str) -> str:
    """The REST spelling, all digits of the currency: `20.00`."""
    return str(rounded(amount, currency))


def short_text(amount: Decimal) -> str:
    """The spelling of MoneyV2: no trailing zeros, but always a decimal: `20.0`."""
    plain = f"{amount.normalize():f}" if amount else "0"
    return plain if "." in plain else f"{plain}.0"


@dataclass(frozen=True, slots=True)
class Currencies:
    """How an order counts: `rate` is the buyer's currency for one of the shop's."""

    shop: str
    presentment: str
    rate: Decimal = Decimal(1)

    def zero(self) -> Money:
        return Money(ZERO, ZERO, self)

    def from_shop(self, amount: Decimal) -> Money:
        shop = rounded(amount, self.shop)
        return Money(shop, rounded(shop * self.rate, self.presentment), self)

    def from_presentment(self, amount: Decimal) -> Money:
        presentment = rounded(amount, self.presentment)
        if self.shop == self.presentment:
            return Money(presentment, presentment, self)
        return Money(rounded(presentment / self.rate, self.shop), presentment, self)

    def total(self, amounts: Iterable[Money]) -> Money:
        return sum(amounts, self.zero())


@dataclass(frozen=True, slots=True)
class Money:
    shop: Decimal
    presentment: Decimal
    currencies: Currencies

    def __add__(self, other: Money) -> Money:
        return Money(
            self.shop + other.shop,
            self.presentment + other.presentment,
            self.currencies,
        )

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __neg__(self) -> Money:
        return Money(-self.shop, -self.presentment, self.currencies)

    def __mul__(self, quantity: int) -> Money:
        return Money(self.shop * quantity, self.presentment * quantity, self.currencies)

    def __bool__(self) -> bool:
        return bool(self.shop or self.presentment)

    def part(self, done: int, quantity: int, whole: int) -> Money:
        """The share of units `done + 1 … done + quantity` out of `whole` units.

        Shares of consecutive units add up to the amount exactly, in both currencies.
        """
        return self._until(done + quantity, whole) - self._until(done, whole)

    def _until(self, count: int, whole: int) -> Money:
        unit = self.currencies
        return Money(
            rounded(self.shop * count / whole, unit.shop),
            rounded(self.presentment * count / whole, unit.presentment),
            unit,
        )

    def at_most(self, limit: Money) -> Money:
        return Money(
            min(self.shop, limit.shop),
            min(self.presentment, limit.presentment),
            self.currencies,
        )


def allocate(amount: Decimal, weights: Sequence[Decimal], currency: str):
    """Split by largest remainder: the parts are rounded and add up to the amount.

    Ties go to the first. Weights of zero get nothing unless all are zero.
    """
    unit = Decimal(1).scaleb(-digits(currency))
    whole = sum(weights)
    if not whole:
        return [ZERO for _weight in weights]
    exact = [amount * weight / whole for weight in weights]
    parts = [(value // unit) * unit for value in exact]
    missing = int(((amount - sum(parts)) / unit).to_integral_value())
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[:missing]:
        parts[index] += unit
    return parts

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Product to quantity, with arithmetic, so that allocation reads as a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

ZERO = Decimal(0)

# Beyond these decimals a binary float holds noise, not goods.
DIGITS = 6


def exact(quantity: float) -> Decimal:
    """The quantity that a binary float stands for.

    >>> exact(0.1 + 0.2)
    Decimal('0.3')
    """
    return Decimal(str(round(quantity, DIGITS)))


class Quantities(Mapping[int, Decimal]):
    """How much of each product; a product that is not named has zero. Immutable.

    >>> shelf = Quantities({1: Decimal(5), 2: Decimal(1)})
    >>> wanted = Quantities({1: Decimal(2), 2: Decimal(3)})
    >>> packed = shelf & wanted
    >>> packed
    Quantities({1: 2, 2: 1})
    >>> shelf - packed
    Quantities({1: 3})
    >>> wanted - packed
    Quantities({2: 2})
    >>> packed.within(shelf), wanted.within(shelf)
    (True, False)
    """

    __slots__ = ("_amounts",)

    def __init__(
        self, amounts: Mapping[int, Decimal] | Iterable[tuple[int, Decimal]] = ()
    ) -> None:
        self._amounts = {
            product: amount for product, amount in dict(amounts).items() if amount
        }

    # === MAPPING ===

    def __getitem__(self, product: int) -> Decimal:
        return self._amounts.get(product, ZERO)

    def __contains__(self, product: object) -> bool:
        return product in self._amounts

    def __iter__(self) -> Iterator[int]:
        return iter(self._amounts)

    def __len__(self) -> int:
        return len(self._amounts)

    def __hash__(self) -> int:
        return hash(frozenset(self._amounts.items()))

    def __repr__(self) -> str:
        amounts = ", ".join(f"{key}: {self[key]}" for key in sorted(self._amounts))
        return f"Quantities({{{amounts}}})"

    # === ARITHMETIC ===

    def __add__(self, other: "Quantities") -> "Quantities":
        return Quantities({key: self[key] + other[key] for key in {*self, *other}})

    def __sub__(self, other: "Quantities") -> "Quantities":
        """Exact; a shortage shows as a negative quantity."""
        return Quantities({key: self[key] - other[key] for key in {*self, *other}})

    def __and__(self, other: "Quantities") -> "Quantities":
        """What both have; a shortage counts as nothing."""
        return Quantities({key: max(min(self[key], other[key]), ZERO) for key in self})

    def __mul__(self, factor: Decimal) -> "Quantities":
        return Quantities({key: amount * factor for key, amount in self.items()})

    def within(self, other: "Quantities") -> bool:
        """Whether the other has at least this much of everything."""
        return all(amount <= other[key] for key, amount in self.items())

    def of(self, products: Iterable[int]) -> "Quantities":
        """The part that concerns some products."""
        return Quantities({key: self[key] for key in products})


NOTHING = Quantities()

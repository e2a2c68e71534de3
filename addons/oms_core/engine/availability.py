# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much can still be promised: the arithmetic, in one place.

The database computes the same for thousands of products in one statement; a test
holds the two against each other. Quantities are in the product's own unit.

At a node, ``available = on hand - promised - safety stock``, and with a date also
``+ incoming`` by that date. It may be negative: more is promised than there is.

For a channel, see :func:`sellable`.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

# A division of quantities that misses a whole number by less is that number.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Stock:
    """One product at one node.

    ``promised`` is all open demand, reserved or not; ``waiting`` is the part of it
    that no transfer carries yet, since a hold stops it: it has no place of its own,
    only one that is expected. ``incoming`` counts in ``available`` when it was
    asked for by a date.
    """

    on_hand: float = 0.0
    promised: float = 0.0
    waiting: float = 0.0
    safety: float = 0.0
    incoming: float = 0.0
    available: float = 0.0


@dataclass(frozen=True, slots=True)
class Buffer:
    """What a channel is not told of.

    ``percent`` of all there is, rounded up to a whole unit, and ``quantity`` are
    kept back, both; never more than ``cap`` is shown. Zero means: none.
    """

    quantity: float = 0.0
    percent: float = 0.0
    cap: float = 0.0


# On hand, promised, waiting, safety, incoming, available; None: zero, and for the
# last one: what the others give.
Facts = tuple[
    float | None,
    float | None,
    float | None,
    float | None,
    float | None,
    float | None,
]


@dataclass(frozen=True, slots=True)
class Shelves(Mapping[tuple[int, int], Stock]):
    """{(product id, warehouse id): Stock}, each made when somebody looks.

    Of the goods every node has a shelf, if only an empty one; other products, which
    are kits, have those of the facts.
    """

    facts: Mapping[tuple[int, int], Facts]
    goods: AbstractSet[int]
    nodes: AbstractSet[int]
    with_incoming: bool = False

    def __getitem__(self, key: tuple[int, int]) -> Stock:
        facts = self.facts.get(key)
        if facts is None:
            if key[0] in self.goods and key[1] in self.nodes:
                return Stock()
            raise KeyError(key)
        *terms, free = facts
        stock = Stock(*(term or 0.0 for term in terms))
        if free is None:
            free = available(stock, with_incoming=self.with_incoming)
        return replace(stock, available=free)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for product in self.goods:
            for node in self.nodes:
                yield product, node
        for key in self.facts:
            if key[0] not in self.goods:
                yield key

    def __len__(self) -> int:
        kits = sum(key[0] not in self.goods for key in self.facts)
        return len(self.goods) * len(self.nodes) + kits


@dataclass(frozen=True, slots=True)
class Availability(Mapping[tuple[int, int], float]):
    """The answer for products, nodes and channels.

    Read as a mapping, it tells what is available at a node: {(product id,
    warehouse id): quantity}. ``stock`` has the terms of that sum, ``channels``
    what each channel may sell: {(product id, channel id): quantity}; what is not
    there is nothing.
    """

    stock: Mapping[tuple[int, int], Stock] = field(default_factory=dict)
    channels: Mapping[tuple[int, int], float] = field(default_factory=dict)

    def __getitem__(self, key: tuple[int, int]) -> float:
        return self.stock[key].available

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.stock)

    def __len__(self) -> int:
        return len(self.stock)


def available(stock: Stock, *, with_incoming: bool = False) -> float:
    """What one node can still promise."""
    free = stock.on_hand - stock.promised - stock.safety
    # A tenth and two tenths are three tenths.
    return round(free + stock.incoming if with_incoming else free, 6)


def pooled(stocks: Iterable[Stock]) -> float:
    """What several nodes can promise together, never negative.

    A node that has promised too much waits for its own goods and takes nothing from
    the others; but demand without a transfer goes where goods are once its hold is
    released, so what its node cannot give it takes from the others.
    """
    total = 0.0
    for stock in stocks:
        total += max(stock.available, 0.0)
        total -= min(stock.waiting, max(-stock.available, 0.0))
    return max(total, 0.0)


def sellable(pool: float, buffer: Buffer) -> float:
    """What a channel may sell of what its nodes can promise together.

    ``min(cap, pool - quantity - ceil(pool × percent / 100))``, never negative.
    """
    kept = buffer.quantity + math.ceil(pool * buffer.percent / 100 - TOLERANCE)
    rest = max(pool - kept, 0.0)
    return min(rest, buffer.cap) if buffer.cap else rest


def kits(free: Mapping[int, float], recipe: Mapping[int, float]) -> float:
    """How many whole kits the parts at one node allow.

    Parts that are not kept in stock are not in ``free`` and do not count.
    """
    return min(
        math.floor(free[part] / per_kit + TOLERANCE)
        for part, per_kit in recipe.items()
        if part in free
    )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much can still be promised: the arithmetic, in one place.

The database adds up the shelves of thousands of products in one statement; a test
holds it against this. Quantities are in the product's own unit.

At a node, ``available = on hand - promised - safety stock``, and with a date also
``+ incoming`` by that date. It may be negative: more is promised than there is.

For a channel, see :func:`sellable`.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import repeat

# {node id: {product id: quantity}}
Shelves = Mapping[int, Mapping[int, float]]
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


@dataclass(frozen=True, slots=True)
class Availability(Mapping[tuple[int, int], float]):
    """The answer for products, nodes and channels.

    Read as a mapping, it tells what is available at a node: {(product id,
    warehouse id): quantity}. Of the goods every node has a quantity, if only zero;
    ``shelves`` has what is not, and the kits: {warehouse id: {product id: quantity}}.
    ``stock`` has the terms of that sum, if they were asked for, ``channels`` what each
    channel may sell: {(product id, channel id): quantity}; what is not in these two is
    nothing.
    """

    shelves: Shelves = field(default_factory=dict)
    goods: AbstractSet[int] = frozenset()
    nodes: AbstractSet[int] = frozenset()
    channels: Mapping[tuple[int, int], float] = field(default_factory=dict)
    stock: Mapping[tuple[int, int], Stock] = field(default_factory=dict)

    def __getitem__(self, key: tuple[int, int]) -> float:
        product, node = key
        found = self.shelves.get(node, {}).get(product)
        if found is not None:
            return found
        if product in self.goods and node in self.nodes:
            return 0.0
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for product in self.goods:
            for node in self.nodes:
                yield product, node
        for node, shelf in self.shelves.items():
            for product in shelf:
                if product not in self.goods:
                    yield product, node

    def __len__(self) -> int:
        kits = sum(len(shelf.keys() - self.goods) for shelf in self.shelves.values())
        return len(self.goods) * len(self.nodes) + kits


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
    return max(sum(_share(s.available, s.waiting) for s in stocks), 0.0)


def _share(free: float, waiting: float) -> float:
    """What a node adds to a pool, or takes from it."""
    return free if free >= 0 else -min(waiting, -free)


def get_offers(
    shelves: Shelves,
    waiting: Shelves,
    serving: Mapping[int, Iterable[int]],
    buffers: Mapping[int, Buffer],
) -> dict[tuple[int, int], float]:
    """What each channel may sell: {(product id, channel id): quantity}, without zeros.

    :param shelves: {node id: {product id: available}}
    :param waiting: the same keys: demand without a transfer; a node without any may
        be left out
    :param serving: {channel id: the nodes that ship for it}
    """
    products = [*set().union(*shelves.values())]
    # Columns of equal length are added up many times faster than keys one by one.
    columns = {}
    for node, shelf in shelves.items():
        shares = _get_shares(shelf, waiting.get(node, {}))
        columns[node] = [*map(shares.get, products, repeat(0.0))]
    offers: dict[tuple[int, int], float] = {}
    for channel, nodes in serving.items():
        mine = [columns[node] for node in nodes if node in columns]
        buffer = buffers[channel]
        # A channel that nobody ships for has no sums.
        pool = zip(products, map(sum, zip(*mine, strict=True)), strict=False)
        offers |= {
            (product, channel): offer
            for product, quantity in pool
            if quantity > 0 and (offer := round(sellable(quantity, buffer), 6))
        }
    return offers


def _get_shares(
    shelf: Mapping[int, float], waiting: Mapping[int, float]
) -> Mapping[int, float]:
    """What one node adds to a pool, or takes from it, of each product."""
    owed = {
        product: _share(quantity, waiting.get(product, 0.0))
        for product, quantity in shelf.items()
        if quantity < 0
    }
    return {**shelf, **owed} if owed else shelf


def sellable(pool: float, buffer: Buffer) -> float:
    """What a channel may sell of what its nodes can promise together.

    ``min(cap, pool - quantity - ceil(pool × percent / 100))``, never negative.
    """
    rest = pool - buffer.quantity
    if buffer.percent:
        rest -= math.ceil(pool * buffer.percent / 100 - TOLERANCE)
    if rest <= 0:
        return 0.0
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

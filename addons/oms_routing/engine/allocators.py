# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who gives what, once it is known who may give and who comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from math import comb

from .filters import free_units
from .plan import Assignment
from .problem import Demand
from .quantities import NOTHING, ZERO, Quantities

Stock = Mapping[int, Quantities]

# So many sets of places of one size are tried; beyond that they are picked one by
# one, each time the one that adds most.
TRIALS = 2000


@dataclass(frozen=True, slots=True)
class Allocation:
    """What places give; ``nodes`` in the sequence in which they were preferred."""

    assignments: tuple[Assignment, ...]
    nodes: tuple[int, ...]

    @property
    def total(self) -> Decimal:
        return sum((part.quantity for part in self.assignments), ZERO)

    def given(self, line: int) -> Decimal:
        return sum((p.quantity for p in self.assignments if p.line == line), ZERO)


def allocate(
    demands: Iterable[Demand], nodes: Sequence[int], stock: Stock
) -> Allocation:
    """Let places give what they have: whole lines first, then shares of lines.

    What is hardest to place goes first: lines that belong together, then kits. Both
    are exact about the stock; neither claims that no cleverer packing exists.
    """
    demands = tuple(demands)
    shelves = {node: stock.get(node, NOTHING) for node in nodes}
    taken: list[Assignment] = []
    for bundle in _bundles(demands):
        taken += _give_whole(bundle, nodes, shelves)
    placed = {part.line for part in taken}
    for demand in demands:
        if demand.line not in placed and not demand.group:
            taken += _give_shares(demand, nodes, shelves)
    sequence = {demand.line: index for index, demand in enumerate(demands)}
    taken.sort(key=lambda part: (sequence[part.line], nodes.index(part.node)))
    used = {part.node for part in taken}
    return Allocation(tuple(taken), tuple(node for node in nodes if node in used))


def fewest(demands: Sequence[Demand], nodes: Sequence[int], stock: Stock) -> Allocation:
    """As much as all places together give, from the fewest of them.

    Among sets of the same size the one whose places are preferred most wins: the
    smallest sum of ranks, then the best single rank.

    :param nodes: the preferred first
    """
    useful = [node for node in nodes if _gives(demands, stock.get(node, NOTHING))]
    most = allocate(demands, useful, stock)
    for size in range(1, len(most.nodes) + 1):
        if comb(len(useful), size) > TRIALS:
            return _pick_one_by_one(demands, useful, stock, most.total)
        ranks = combinations(range(len(useful)), size)
        for chosen in sorted(ranks, key=lambda ranks: (sum(ranks), ranks)):
            found = allocate(demands, [useful[rank] for rank in chosen], stock)
            if found.total >= most.total:
                return found
    return most


def _bundles(demands: Sequence[Demand]) -> list[list[Demand]]:
    """Demands that leave together; the hardest to place first."""
    bundles: dict[tuple[int, int], list[Demand]] = {}
    for demand in demands:
        key = (demand.group, 0) if demand.group else (0, demand.line)
        bundles.setdefault(key, []).append(demand)
    return sorted(
        bundles.values(),
        key=lambda bundle: (len(bundle) == 1, not any(d.parts for d in bundle)),
    )


def _give_whole(
    bundle: Sequence[Demand], nodes: Sequence[int], shelves: dict[int, Quantities]
) -> list[Assignment]:
    goods = sum((demand.goods for demand in bundle), NOTHING)
    for node in nodes:
        if goods.within(shelves[node]):
            shelves[node] -= goods
            return [Assignment(d.line, node, d.quantity) for d in bundle]
    return []


def _give_shares(
    demand: Demand, nodes: Sequence[int], shelves: dict[int, Quantities]
) -> list[Assignment]:
    shares = []
    left = demand
    for node in nodes:
        share = free_units(left, shelves[node])
        if share:
            shelves[node] -= demand.per_unit * share
            shares.append(Assignment(demand.line, node, share))
            left = replace(left, quantity=left.quantity - share)
        if not left.quantity:
            break
    return shares


def _gives(demands: Sequence[Demand], shelf: Quantities) -> bool:
    return any(free_units(demand, shelf) for demand in demands)


def _pick_one_by_one(
    demands: Sequence[Demand], nodes: Sequence[int], stock: Stock, target: Decimal
) -> Allocation:
    chosen: set[int] = set()
    best = Allocation((), ())
    while best.total < target:
        trials = [
            allocate(demands, [n for n in nodes if n in chosen or n == node], stock)
            for node in nodes
            if node not in chosen
        ]
        better = max(trials, key=lambda trial: trial.total)
        if better.total <= best.total:
            return allocate(demands, nodes, stock)
        best = better
        chosen = set(best.nodes)
    return best

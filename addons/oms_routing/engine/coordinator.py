# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Filter places, rank them, let the best give what they have, say why.

- A place that a filter refuses does not ship. If it is refused for now only, it may
  take the backorder of an order that nobody can ship.
- If places have the whole order, the best of them ships it.
- Otherwise the fewest places ship as much as all of them could.
- What nobody has waits at the best place that ships; if none does, at the best.
- Orders take from one stock in their sequence: the second does not get the unit
  that the first was given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from . import explain
from .allocators import Allocation, allocate, fewest
from .filters import OfChannel, free_units
from .geo import distance_km
from .plan import Backorder, Candidate, Plan
from .problem import Node, Order, Problem
from .quantities import NOTHING, Quantities
from .steps import Filter, Refusal, Score, Sorter, Step


@dataclass(frozen=True, slots=True)
class Judged:
    """One place as one order sees it."""

    node: Node
    refusal: Refusal | None
    scores: tuple[Score, ...]
    complete: bool

    @property
    def may_ship(self) -> bool:
        return self.refusal is None

    @property
    def may_wait(self) -> bool:
        return self.refusal is None or self.refusal.for_now

    @property
    def rank(self) -> tuple[bool, bool, tuple[float, ...], int, int]:
        values = tuple(score.value for score in self.scores)
        return (
            not self.may_wait,
            not self.may_ship,
            values,
            self.node.sequence,
            self.node.id,
        )


def solve(problem: Problem, steps: Mapping[str, Sequence[Step]]) -> list[Plan]:
    """One plan per order, in the sequence of the orders.

    :param steps: policy → its steps, in their sequence
    """
    stock = dict(problem.stock)
    nodes = tuple(sorted(problem.nodes, key=lambda node: node.id))
    plans = []
    for order in problem.orders:
        plan = _route(order, nodes, stock, tuple(steps[order.policy]))
        demands = {demand.line: demand for demand in order.demands}
        for part in plan.assignments:
            goods = demands[part.line].per_unit * part.quantity
            stock[part.node] = stock.get(part.node, NOTHING) - goods
        plans.append(plan)
    return plans


def _route(
    order: Order,
    nodes: Sequence[Node],
    stock: Mapping[int, Quantities],
    steps: tuple[Step, ...],
) -> Plan:
    products = tuple(order.goods)
    shelves = {node.id: stock.get(node.id, NOTHING).of(products) for node in nodes}
    judged = _judge(order, nodes, shelves, steps)
    allocation = _allocate(order, judged, shelves)
    backorders = _wait(order, judged, allocation)
    used = {*allocation.nodes, *(part.node for part in backorders)}
    view = explain.View(
        order=order,
        ranked=tuple(judged),
        shelves=shelves,
        sorters=tuple(step for step in steps if isinstance(step, Sorter)),
        assignments=allocation.assignments,
        backorders=backorders,
        nodes=tuple(place.node.id for place in judged if place.node.id in used),
    )
    return Plan(
        order=order.id,
        nodes=view.nodes,
        assignments=allocation.assignments,
        backorders=backorders,
        candidates=_describe(view),
        sentence=explain.outcome(view),
        digest=_digest(order, nodes, shelves, steps),
    )


def _judge(
    order: Order,
    nodes: Sequence[Node],
    shelves: Mapping[int, Quantities],
    steps: Sequence[Step],
) -> list[Judged]:
    """Every place, the preferred first."""
    filters = [OfChannel(), *(step for step in steps if isinstance(step, Filter))]
    sorters = [step for step in steps if isinstance(step, Sorter)]
    goods = order.goods
    judged = []
    for node in nodes:
        shelf = shelves[node.id]
        refusal = _refuse(filters, order, node, shelf)
        scores = (
            tuple(sorter.score(order, node, shelf) for sorter in sorters)
            if refusal is None or refusal.for_now
            else ()
        )
        judged.append(Judged(node, refusal, scores, goods.within(shelf)))
    return sorted(judged, key=lambda place: place.rank)


def _refuse(
    filters: Sequence[Filter], order: Order, node: Node, shelf: Quantities
) -> Refusal | None:
    """The first refusal for good, else the first for now."""
    for_now = None
    for step in filters:
        refusal = step.refuse(order, node, shelf)
        if refusal and not refusal.for_now:
            return refusal
        for_now = for_now or refusal
    return for_now


def _allocate(
    order: Order, judged: Sequence[Judged], shelves: Mapping[int, Quantities]
) -> Allocation:
    shipping = [place for place in judged if place.may_ship]
    for place in shipping:
        if place.complete:
            return allocate(order.demands, [place.node.id], shelves)
    if shipping:
        return fewest(order.demands, [p.node.id for p in shipping], shelves)
    waiting = [place.node.id for place in judged if place.may_wait]
    return allocate(order.demands, waiting[:1], shelves)


def _wait(
    order: Order, judged: Sequence[Judged], allocation: Allocation
) -> tuple[Backorder, ...]:
    if allocation.nodes:
        node = allocation.nodes[0]
    elif judged and judged[0].may_wait:
        node = judged[0].node.id
    else:
        return ()
    return tuple(
        Backorder(demand.line, node, left)
        for demand in order.demands
        if (left := demand.quantity - allocation.given(demand.line))
    )


def _describe(view: explain.View) -> tuple[Candidate, ...]:
    used = set(view.nodes)
    order = view.order
    return tuple(
        Candidate(
            node=place.node.id,
            has=tuple(
                (demand.line, free_units(demand, view.shelves[place.node.id]))
                for demand in order.demands
            ),
            distance_km=distance_km(order.ship_to.position, place.node.place.position),
            scores=tuple(score.text for score in place.scores),
            chosen=place.node.id in used,
            complete=place.complete,
            reason=None if place.node.id in used else explain.rejection(view, place),
        )
        for place in sorted(view.ranked, key=lambda place: place.node.id not in used)
    )


def _digest(*inputs: object) -> str:
    """All inputs are frozen and print the same wherever they are equal."""
    return sha256(repr(inputs).encode()).hexdigest()

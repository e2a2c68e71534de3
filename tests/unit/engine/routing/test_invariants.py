# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What must hold for any stock and any demand."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.oms_routing.engine.coordinator import solve
from odoo.addons.oms_routing.engine.filters import InStock
from odoo.addons.oms_routing.engine.geo import Place, Position
from odoo.addons.oms_routing.engine.problem import Demand, Node, Order, Problem
from odoo.addons.oms_routing.engine.quantities import NOTHING, Quantities
from odoo.addons.oms_routing.engine.sorters import Nearest, Priority

PRODUCTS = (1, 2, 3)
amounts = st.decimals(min_value=Decimal("0.1"), max_value=9, places=1, allow_nan=False)
shelves = st.dictionaries(
    st.sampled_from(PRODUCTS),
    st.decimals(min_value=-3, max_value=9, places=1, allow_nan=False),
).map(Quantities)
positions = st.none() | st.builds(
    Position,
    st.integers(-60, 60).map(float),
    st.integers(-170, 170).map(float),
)
kits = st.dictionaries(
    st.sampled_from(PRODUCTS), st.integers(1, 3).map(Decimal), min_size=1
).map(Quantities)


@st.composite
def lines(draw):
    count = draw(st.integers(1, 4))
    return tuple(
        Demand(
            line=line,
            product=draw(st.sampled_from(PRODUCTS)),
            name=f"Line {line}",
            quantity=draw(amounts | st.integers(1, 6).map(Decimal)),
            parts=draw(st.just(NOTHING) | kits),
            lot=Decimal(draw(st.sampled_from([0, 0, 2]))),
            group=draw(st.sampled_from([0, 0, 0, 1])),
        )
        for line in range(count)
    )


@st.composite
def problems(draw):
    count = draw(st.integers(1, 5))
    nodes = tuple(
        Node(
            id=number,
            name=f"Node {number}",
            place=Place(draw(positions)),
            sequence=draw(st.integers(1, 3)),
        )
        for number in range(count)
    )
    orders = tuple(
        Order(
            id=number,
            demands=draw(lines()),
            ship_to=Place(draw(positions)),
            channel="Shop",
            places=draw(
                st.none()
                | st.lists(st.integers(0, count), unique=True).map(
                    lambda places: tuple(sorted(places))
                )
            ),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    return Problem(orders, nodes, {node.id: draw(shelves) for node in nodes})


steps = st.sampled_from(
    [
        (InStock(), Nearest()),
        (InStock(complete=True), Nearest(), Priority()),
        (Priority(), Nearest(band_km=500.0)),
        (),
    ]
)


def taken(problem, plans):
    """Node → what all plans take off its shelf."""
    total = defaultdict(lambda: NOTHING)
    for order, plan in zip(problem.orders, plans, strict=True):
        demands = {demand.line: demand for demand in order.demands}
        for part in plan.assignments:
            total[part.node] += demands[part.line].per_unit * part.quantity
    return total


@given(problems(), steps)
@settings(deadline=None, max_examples=60)
def test_no_place_gives_more_than_it_has(problem, rules):
    for node, goods in taken(problem, solve(problem, {"": rules})).items():
        assert goods.within(problem.stock[node])


@given(problems(), steps)
@settings(deadline=None, max_examples=60)
def test_what_is_assigned_and_what_waits_is_what_was_wanted(problem, rules):
    for order, plan in zip(problem.orders, solve(problem, {"": rules}), strict=True):
        planned = {d.line: sum(plan.shares(d.line).values()) for d in order.demands}
        wanted = {d.line: d.quantity if plan.nodes else 0 for d in order.demands}
        assert planned == wanted


@given(problems(), steps)
@settings(deadline=None, max_examples=60)
def test_same_question_has_the_same_answer(problem, rules):
    assert solve(problem, {"": rules}) == solve(problem, {"": rules})


@given(problems(), steps, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_sequence_in_which_places_are_listed_does_not_matter(problem, rules, random):
    shuffled = list(problem.nodes)
    random.shuffle(shuffled)
    other = Problem(problem.orders, tuple(shuffled), problem.stock)
    assert solve(other, {"": rules}) == solve(problem, {"": rules})


@given(problems(), steps)
@settings(deadline=None, max_examples=60)
def test_every_place_ships_or_has_a_reason(problem, rules):
    for plan in solve(problem, {"": rules}):
        explained = [*plan.nodes, *(part.node for part in plan.rejections)]
        assert sorted(explained) == [node.id for node in problem.nodes]


@given(problems(), steps)
@settings(deadline=None, max_examples=60)
def test_only_places_of_the_channel_ship(problem, rules):
    for order, plan in zip(problem.orders, solve(problem, {"": rules}), strict=True):
        assert order.places is None or set(plan.nodes) <= set(order.places)


@given(problems(), steps)
@settings(deadline=None, max_examples=60)
def test_kits_and_groups_leave_whole(problem, rules):
    for order, plan in zip(problem.orders, solve(problem, {"": rules}), strict=True):
        homes = {
            node
            for demand in order.demands
            if demand.group
            for node in plan.shares(demand.line)
        }
        assert len(homes) <= 1


@given(problems())
@settings(deadline=None, max_examples=60)
def test_order_is_not_split_if_one_place_has_it_all(problem):
    for order, plan in zip(
        problem.orders[:1], solve(problem, {"": (InStock(), Nearest())}), strict=False
    ):
        whole = [
            node.id
            for node in problem.nodes
            if (order.places is None or node.id in order.places)
            and order.goods.within(problem.stock[node.id])
        ]
        assert not whole or (len(plan.nodes) == 1 and plan.nodes[0] in whole)

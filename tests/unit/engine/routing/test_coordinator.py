# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

import pytest

from odoo.addons.oms_routing.engine.filters import InStock
from odoo.addons.oms_routing.engine.geo import Place, Position
from odoo.addons.oms_routing.engine.plan import Assignment, Backorder
from odoo.addons.oms_routing.engine.problem import Demand
from odoo.addons.oms_routing.engine.sorters import Nearest, Priority

from .builders import (
    ATLANTA,
    BOSTON,
    KETTLE,
    MUG,
    NODES,
    PRESS,
    RENO,
    demands,
    order,
    plan,
    plans,
    quantities,
    reasons,
)

FULL = {MUG: 9, KETTLE: 9, PRESS: 9}


# === WHO SHIPS ===


def test_nearest_place_that_has_everything_ships():
    answer = plan({MUG: 2}, {BOSTON: FULL, ATLANTA: FULL})
    assert answer.nodes == (ATLANTA,)


def test_farther_place_with_everything_beats_nearer_one_with_a_part():
    answer = plan({MUG: 2, KETTLE: 1}, {RENO: {MUG: 2}, BOSTON: FULL})
    assert answer.nodes == (BOSTON,)


def test_two_places_share_an_order_that_no_place_has():
    answer = plan({MUG: 2, KETTLE: 1}, {RENO: {MUG: 2}, BOSTON: {KETTLE: 1}})
    assert answer.assignments == (
        Assignment(MUG, RENO, Decimal(2)),
        Assignment(KETTLE, BOSTON, Decimal(1)),
    )


def test_two_places_ship_where_three_nearer_ones_would_share():
    nodes = [
        replace(NODES[0], id=number, place=Place(Position(37.8, -122.4 + number / 10)))
        for number in (1, 2, 3, 4)
    ]
    stock = {1: {MUG: 1}, 2: {KETTLE: 1}, 3: {PRESS: 1}, 4: {MUG: 1, KETTLE: 1}}
    answer = plan({MUG: 1, KETTLE: 1, PRESS: 1}, stock, nodes=nodes)
    assert answer.nodes == (3, 4)


def test_line_is_not_split_when_one_of_the_places_has_it_whole():
    answer = plan({MUG: 2, KETTLE: 1}, {RENO: {KETTLE: 1, MUG: 1}, BOSTON: {MUG: 2}})
    assert answer.shares(MUG) == {BOSTON: 2}


def test_line_is_split_when_no_place_has_it_whole():
    answer = plan({MUG: 3}, {RENO: {MUG: 1}, BOSTON: {MUG: 2}})
    assert answer.shares(MUG) == {RENO: 1, BOSTON: 2}


def test_dozens_are_not_broken_up():
    dozens = Demand(1, MUG, "Mug", Decimal(24), lot=Decimal(12))
    answer = plan([dozens], {RENO: {MUG: 13}, BOSTON: {MUG: 23}})
    assert answer.shares(1) == {RENO: 12, BOSTON: 12}


def test_kit_leaves_from_one_place_whole():
    kit = Demand(9, 9, "Kit", Decimal(1), parts=quantities({MUG: 2, KETTLE: 1}))
    stock = {RENO: {MUG: 2}, BOSTON: {KETTLE: 1}, ATLANTA: {MUG: 2, KETTLE: 1}}
    assert plan([kit], stock).nodes == (ATLANTA,)


def test_kit_and_its_part_do_not_take_the_same_unit():
    kit = Demand(9, 9, "Kit", Decimal(1), parts=quantities({MUG: 2}))
    answer = plan([kit, *demands({MUG: 1})], {RENO: {MUG: 2}})
    assert sum(part.quantity for part in answer.backorders) == 1


def test_lines_of_one_group_leave_together():
    lines = demands({MUG: 1, KETTLE: 1}, group=5)
    stock = {RENO: {MUG: 1}, BOSTON: {KETTLE: 1}, ATLANTA: {MUG: 1, KETTLE: 1}}
    answer = plan([*lines, *demands({PRESS: 1})], stock | {RENO: {MUG: 1, PRESS: 1}})
    assert {answer.nodes[0], *answer.shares(MUG), *answer.shares(KETTLE)} == {
        RENO,
        ATLANTA,
    }


def test_order_is_not_split_when_the_policy_forbids_it():
    answer = plan(
        {MUG: 2, KETTLE: 1},
        {RENO: {MUG: 2}, BOSTON: {KETTLE: 1}},
        steps=(InStock(complete=True), Nearest()),
    )
    assert answer.nodes == (RENO,)


def test_many_places_are_picked_one_by_one():
    nodes = [replace(NODES[0], id=number, sequence=number) for number in range(1, 81)]
    answer = plan({MUG: 75}, {node.id: {MUG: 1} for node in nodes}, nodes=nodes)
    assert answer.nodes == tuple(range(1, 76))


# === WHAT NOBODY HAS ===


def test_what_nobody_has_waits_where_the_rest_ships():
    answer = plan({MUG: 2, KETTLE: 1}, {BOSTON: {MUG: 2}})
    assert answer.backorders == (Backorder(KETTLE, BOSTON, Decimal(1)),)


def test_order_that_nobody_can_ship_waits_at_the_nearest_place():
    assert plan({MUG: 2}, {}).backorders == (Backorder(MUG, RENO, Decimal(2)),)


def test_promised_too_often_counts_as_nothing_left():
    answer = plan({MUG: 2}, {RENO: {MUG: -3}, BOSTON: {MUG: 2}})
    assert answer.nodes == (BOSTON,)


def test_order_without_a_permitted_place_is_unfillable():
    assert plan({MUG: 1}, {RENO: FULL}, places=(99,)).outcome == "unfillable"


# === SEVERAL ORDERS ===


def test_second_order_does_not_get_the_unit_of_the_first():
    first, second = plans(
        [order({MUG: 1}, 1), order({MUG: 1}, 2)], {RENO: {MUG: 1}, BOSTON: {MUG: 1}}
    )
    assert (first.nodes, second.nodes) == ((RENO,), (BOSTON,))


def test_hundred_orders_for_one_unit_give_one_assignment():
    answers = plans([order({MUG: 1}, n) for n in range(100)], {RENO: {MUG: 1}})
    assert [bool(answer.assignments) for answer in answers] == [True] + [False] * 99


# === SENTENCES ===

SENTENCES = [
    (
        "nearest",
        {MUG: 2, KETTLE: 1, PRESS: 1},
        {RENO: FULL, BOSTON: FULL},
        (
            "Reno DC ships all 3 lines: nearest of the 2 places that had everything, "
            "297 km."
        ),
    ),
    (
        "only one",
        {MUG: 2, KETTLE: 1},
        {RENO: {MUG: 1}, BOSTON: FULL},
        (
            "Boston Store ships both lines: the only one of 3 places that had "
            "everything, 4332 km."
        ),
    ),
    (
        "split",
        {MUG: 2, KETTLE: 1},
        {RENO: {MUG: 2}, BOSTON: {KETTLE: 1}},
        "Reno DC and Boston Store share both lines: no place had everything.",
    ),
    (
        "partial",
        {MUG: 2},
        {RENO: {MUG: 1}},
        "Reno DC ships what there is; the rest waits for goods there: 1 of 2 Mug.",
    ),
    (
        "partial split",
        {MUG: 2, KETTLE: 1},
        {RENO: {MUG: 1}, BOSTON: {KETTLE: 1}},
        (
            "Reno DC and Boston Store share what there is; the rest waits for goods at "
            "Reno DC: 1 of 2 Mug."
        ),
    ),
    (
        "waiting",
        {MUG: 2},
        {},
        (
            "No place can ship any of it now: the order waits at Reno DC, nearest of "
            "the 3 places that may ship it, 297 km."
        ),
    ),
]


@pytest.mark.parametrize(
    ("wanted", "stock", "sentence"),
    [case[1:] for case in SENTENCES],
    ids=[case[0] for case in SENTENCES],
)
def test_plan_says_why(wanted, stock, sentence):
    assert str(plan(wanted, stock).sentence) == sentence


def test_unfillable_order_names_the_places_and_their_reason():
    answer = plan({MUG: 1}, {RENO: FULL}, channel="Market", places=())
    assert str(answer.sentence) == (
        "No place may ship this order: Reno DC, Boston Store and Peach State "
        "(not a place of channel Market)."
    )


def test_only_permitted_place_is_not_compared_with_the_others():
    answer = plan({MUG: 1}, {RENO: FULL, BOSTON: FULL}, places=(BOSTON,))
    assert str(answer.sentence) == (
        "Boston Store ships the whole order: the only place that may ship it, 4332 km."
    )


def test_order_is_unfillable_when_there_is_no_place():
    answer = plan({MUG: 1}, {}, nodes=())
    assert str(answer.sentence) == "No place may ship this order: there is no place."


def test_place_that_lacks_goods_says_how_many_it_has():
    answer = plan({MUG: 2}, {RENO: {MUG: 1}, BOSTON: {MUG: 2}})
    assert reasons(answer)[RENO] == "has 1 of 2 Mug"


def test_place_that_is_farther_says_how_far():
    answer = plan({MUG: 2}, {RENO: FULL, BOSTON: FULL})
    assert reasons(answer)[BOSTON] == (
        "has everything, but Reno DC is nearest: 297 km, here 4332 km"
    )


def test_place_outside_the_channel_says_so():
    answer = plan({MUG: 1}, {BOSTON: FULL}, channel="Market", places=(BOSTON,))
    assert reasons(answer)[RENO] == "not a place of channel Market"


def test_every_place_is_chosen_or_has_a_reason():
    answer = plan({MUG: 2}, {RENO: {MUG: 1}, BOSTON: FULL, ATLANTA: FULL})
    assert {*answer.nodes, *reasons(answer)} == {RENO, BOSTON, ATLANTA}


# === PLACES OF UNKNOWN OR ROUGH POSITION ===


def test_unknown_address_goes_to_the_first_place_in_the_list():
    answer = plan({MUG: 1}, {BOSTON: FULL, ATLANTA: FULL}, ship_to=Place())
    assert answer.nodes == (BOSTON,)


def test_unknown_address_is_named_in_the_reason():
    answer = plan({MUG: 1}, {BOSTON: FULL, ATLANTA: FULL}, ship_to=Place())
    assert reasons(answer)[ATLANTA] == (
        "has everything, but Boston Store stands before it in the list of places; "
        "distance unknown: nobody knows where the address is"
    )


def test_place_of_unknown_position_comes_after_the_farthest():
    nodes = [replace(NODES[0], place=Place()), *NODES[1:]]
    answer = plan({MUG: 1}, {RENO: FULL, BOSTON: FULL}, nodes=nodes)
    assert answer.nodes == (BOSTON,)


def test_rough_position_is_named_in_the_sentence():
    rough = Place(Position(36.8, -119.4, "California"))
    answer = plan({MUG: 1}, {RENO: FULL, BOSTON: FULL}, ship_to=rough)
    assert str(answer.sentence).endswith(
        "about 298 km, measured from the middle of California."
    )


def test_rough_position_is_not_repeated_for_every_place():
    rough = Place(Position(36.8, -119.4, "California"))
    answer = plan({MUG: 1}, {RENO: FULL, BOSTON: FULL}, ship_to=rough)
    assert reasons(answer)[BOSTON] == (
        "has everything, but Reno DC is nearest: about 298 km, here about 4131 km"
    )


# === OTHER POLICIES ===


def test_priority_wins_over_distance_when_it_comes_first():
    nodes = [NODES[0], replace(NODES[1], sequence=1), NODES[2]]
    answer = plan(
        {MUG: 1}, {RENO: FULL, BOSTON: FULL}, nodes=nodes, steps=(Priority(), Nearest())
    )
    assert answer.nodes == (BOSTON,)


def test_distances_in_one_band_leave_it_to_the_next_rule():
    nodes = [NODES[0], replace(NODES[1], sequence=1), NODES[2]]
    answer = plan(
        {MUG: 1},
        {RENO: FULL, BOSTON: FULL},
        nodes=nodes,
        steps=(Nearest(band_km=5000), Priority()),
    )
    assert answer.nodes == (BOSTON,)


def test_policy_without_rules_takes_the_first_place_that_has_everything():
    answer = plan({MUG: 1}, {BOSTON: FULL, ATLANTA: FULL}, steps=())
    assert answer.nodes == (BOSTON,)


# === DIGEST ===


def test_same_question_has_the_same_digest():
    assert plan({MUG: 1}, {RENO: FULL}).digest == plan({MUG: 1}, {RENO: FULL}).digest


def test_stock_of_other_products_does_not_change_the_digest():
    one = plan({MUG: 1}, {RENO: {MUG: 1}})
    assert one.digest == plan({MUG: 1}, {RENO: {MUG: 1, PRESS: 5}}).digest


@pytest.mark.parametrize("change", ["stock", "rules", "address"])
def test_other_question_has_another_digest(change):
    other = {
        "stock": plan({MUG: 1}, {RENO: {MUG: 8}}),
        "rules": plan({MUG: 1}, {RENO: FULL}, steps=(InStock(), Nearest(5.0))),
        "address": plan({MUG: 1}, {RENO: FULL}, ship_to=Place()),
    }[change]
    assert other.digest != plan({MUG: 1}, {RENO: FULL}).digest

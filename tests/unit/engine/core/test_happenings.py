# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whatever happens in whatever order: the state follows, and each can be reached."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from odoo.addons.oms_core.engine.happenings import (
    BEGINNINGS,
    HAPPENINGS,
    find_transitions,
)
from odoo.addons.oms_core.engine.lifecycle import STATES, OrderFacts, order_state

ALL_STATES = {state for state, _holds in STATES}
TRANSITIONS = find_transitions()
NAMED = {happening.name: happening for happening in HAPPENINGS}
# Three sides that know nothing of each other.
BY_SIDE = {
    "warehouse": [h for h in HAPPENINGS if h.side in ("warehouse", "carrier")],
    "money": [h for h in HAPPENINGS if h.side == "money"],
    "holds": [NAMED["hold placed"], NAMED["hold released"]],
}
SOLD = OrderFacts(confirmed=True, ordered=2)


@st.composite
def two_orders_of_the_same(draw):
    """What three sides do, told in two ways; each keeps its own order."""
    told = {side: draw(st.lists(st.sampled_from(BY_SIDE[side]))) for side in BY_SIDE}
    turns = [side for side, happenings in told.items() for _one in happenings]
    return [
        list(_take_turns(told, draw(st.permutations(turns)))) for _telling in range(2)
    ]


def _take_turns(told, turns):
    left = {side: iter(happenings) for side, happenings in told.items()}
    return (next(left[side]) for side in turns)


def live(happenings, facts=SOLD):
    for happening in happenings:
        facts = happening.apply(facts)
    return facts


@given(two_orders_of_the_same())
def test_it_does_not_matter_whose_happening_is_told_first(tellings):
    one, other = tellings
    assert Counter(h.name for h in one) == Counter(h.name for h in other)
    assert live(one) == live(other)
    assert order_state(live(one)) == order_state(live(other))


@given(
    st.lists(st.sampled_from(HAPPENINGS), max_size=30),
    st.lists(st.integers(0, 29), max_size=5),
)
def test_it_does_not_matter_when_a_state_was_computed(happenings, looks):
    """Looking in between, or at the end alone, gives the same."""
    facts = BEGINNINGS[0]
    for number, happening in enumerate(happenings):
        facts = happening.apply(facts)
        if number in looks:
            order_state(facts)
    assert order_state(facts) == order_state(live(happenings, BEGINNINGS[0]))


@given(st.sampled_from(HAPPENINGS), st.lists(st.sampled_from(HAPPENINGS), max_size=20))
def test_what_is_told_twice_while_it_cannot_happen_changes_nothing(last, happenings):
    facts = live(happenings)
    if not last.may(facts):
        assert last.apply(facts) is facts


def test_no_state_is_unreachable():
    reached = {state for edge in TRANSITIONS for state in edge}
    assert reached == ALL_STATES


def test_no_state_but_the_last_is_a_trap():
    left = {before for before, _after in TRANSITIONS}
    assert ALL_STATES - left == {"cancelled"}


def test_every_happening_changes_some_state():
    named = {name for names in TRANSITIONS.values() for name in names}
    assert named == set(NAMED)


class OrderLife(RuleBasedStateMachine):
    """One order to which anything happens at any time."""

    def __init__(self):
        super().__init__()
        self.facts = BEGINNINGS[0]

    @rule(happening=st.sampled_from(HAPPENINGS))
    def happens(self, happening):
        before = order_state(self.facts)
        self.facts = happening.apply(self.facts)
        after = order_state(self.facts)
        if before != after:
            assert happening.name in TRANSITIONS[before, after]

    @invariant()
    def goods_are_counted_once(self):
        facts = self.facts
        assert 0 <= facts.delivered <= facts.shipped <= facts.ordered
        assert 0 <= facts.allocated <= facts.open_quantity

    @precondition(lambda self: self.facts.held)
    @invariant()
    def held_order_is_not_offered_for_picking(self):
        waiting = {"allocated", "picking", "packed", "backordered", "unfillable"}
        assert order_state(self.facts) not in waiting

    @precondition(lambda self: self.facts.ordered and not self.facts.cancelled)
    @invariant()
    def order_is_closed_when_all_is_done_and_not_before(self):
        facts = self.facts
        done = facts.delivered == facts.ordered and facts.invoiced and facts.paid
        assert (order_state(facts) == "closed") == bool(done)


TestOrderLife = OrderLife.TestCase
TestOrderLife.settings = settings(max_examples=50, stateful_step_count=30)

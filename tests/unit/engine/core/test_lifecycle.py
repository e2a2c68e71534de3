# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_core.engine.lifecycle import (
    PAYMENT_STATES,
    RETURN_STATES,
    STATES,
    OrderFacts,
    PaymentFacts,
    ReturnFacts,
    order_state,
    payment_state,
    return_state,
)

SOLD = OrderFacts(confirmed=True, ordered=2)
ORDER_CASES = [
    ("quarantined", replace(SOLD, quarantined=True, cancelled=True)),
    ("cancelled", replace(SOLD, cancelled=True, held=True)),
    ("captured", OrderFacts(ordered=2)),
    ("captured", OrderFacts(confirmed=True, ordered=0)),
    ("on_hold", replace(SOLD, held=True, allocated=2)),
    ("on_hold", replace(SOLD, held=True, confirmed=False)),
    ("backordered", replace(SOLD, allocated=1)),
    ("unfillable", replace(SOLD, unfillable=True)),
    ("allocated", replace(SOLD, allocated=2)),
    ("picking", replace(SOLD, allocated=2, picking=True)),
    ("packed", replace(SOLD, allocated=2, picking=True, packed=True)),
    ("partially_shipped", replace(SOLD, allocated=1, shipped=1)),
    ("shipped", replace(SOLD, shipped=2)),
    ("delivered", replace(SOLD, shipped=2, delivered=2)),
    ("delivered", replace(SOLD, shipped=2, delivered=2, invoiced=True)),
    ("closed", replace(SOLD, shipped=2, delivered=2, invoiced=True, paid=True)),
]
PAYMENT_CASES = [
    ("unpaid", PaymentFacts(total=10)),
    ("unpaid", PaymentFacts(total=10, captured=9)),
    ("authorised", PaymentFacts(total=10, authorised=10)),
    ("authorised", PaymentFacts(total=10, authorised=5, captured=5)),
    ("paid", PaymentFacts(total=10, captured=10)),
    ("paid", PaymentFacts(total=0)),
    ("partially_refunded", PaymentFacts(total=10, captured=10, refunded=3)),
    ("refunded", PaymentFacts(total=10, captured=10, refunded=10)),
]
RETURN_CASES = [
    ("none", ReturnFacts()),
    ("requested", ReturnFacts(requested=True, in_progress=True, done=True)),
    ("in_progress", ReturnFacts(in_progress=True, done=True)),
    ("done", ReturnFacts(done=True)),
]
facts = st.builds(
    OrderFacts,
    **dict.fromkeys(
        ("ordered", "allocated", "shipped", "delivered"), st.integers(0, 3)
    ),
    **dict.fromkeys(
        (
            *("confirmed", "cancelled", "quarantined", "held", "unfillable"),
            *("picking", "packed", "invoiced", "paid"),
        ),
        st.booleans(),
    ),
)


@pytest.mark.parametrize(("state", "facts"), ORDER_CASES)
def test_order_state_follows_from_the_facts(state, facts):
    assert order_state(facts) == state


@pytest.mark.parametrize(("state", "facts"), PAYMENT_CASES)
def test_payment_state_follows_from_the_facts(state, facts):
    assert payment_state(facts) == state


@pytest.mark.parametrize(("state", "facts"), RETURN_CASES)
def test_return_state_is_that_of_the_return_furthest_from_its_end(state, facts):
    assert return_state(facts) == state


def test_each_return_state_is_reached():
    reached = {state for state, _facts in RETURN_CASES}
    assert reached == {state for state, _holds in RETURN_STATES}


@pytest.mark.parametrize("state", sorted({state for state, _holds in STATES}))
def test_each_state_is_reached(state):
    assert state in {case for case, _facts in ORDER_CASES}


@pytest.mark.parametrize("state", sorted({state for state, _holds in PAYMENT_STATES}))
def test_each_payment_state_is_reached(state):
    assert state in {case for case, _facts in PAYMENT_CASES}


@given(facts)
def test_any_facts_have_a_state(facts):
    assert order_state(facts) in {state for state, _holds in STATES}


@given(facts)
def test_an_order_that_has_shipped_whole_is_not_shown_as_waiting(facts):
    sent = replace(facts, shipped=facts.ordered, confirmed=True)
    waiting = {"on_hold", "backordered", "unfillable", "allocated", "picking"}
    assert sent.ordered == 0 or order_state(sent) not in waiting

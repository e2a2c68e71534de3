# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two workers process what waits for one channel, side by side and in order."""

import sys

import pytest

from tests.e2e.programs import run_program

IN = ["own products, one", "own products, two"]
IN += ["same product, one", "same product, two"]
OUT = ["told, one", "told, two"]
RUNS = IN + OUT
BATCH, ORDERS = 100, 200


@pytest.fixture(scope="module")
def facts() -> dict:
    """What is true after the runs."""
    found = run_program("two_workers.py")
    for name, run in found.items():
        # Not judged: it is the machine's as much as ours.
        sys.stdout.write(f"{name}: {run['per_second']} messages a second\n")
    return found


def test_both_workers_have_their_share(facts):
    assert facts["own products, two"]["by_worker"] == [ORDERS, ORDERS]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("runs", [IN, OUT])
def test_each_worker_has_a_batch_in_hand(facts, runs, workers):
    assert facts[runs[workers - 1]]["at_once"] == workers * BATCH


@pytest.mark.parametrize("run", RUNS)
def test_messages_of_an_order_are_worked_on_one_after_the_other(facts, run):
    assert facts[run]["out_of_order"] == 0


@pytest.mark.parametrize("run", RUNS)
def test_each_message_is_done_once(facts, run):
    assert (facts[run]["done"], facts[run]["twice"]) == (2 * ORDERS, 0)


@pytest.mark.parametrize("run", IN)
def test_each_order_is_as_its_newest_version_says(facts, run):
    assert (facts[run]["orders"], facts[run]["newest"]) == (ORDERS, ORDERS)


def test_workers_that_want_the_same_product_take_turns(facts):
    assert facts["same product, two"]["refused"] <= 1

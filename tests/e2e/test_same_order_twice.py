# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An order that arrives twice at the same moment is suspected all the same."""

import pytest

from tests.e2e.programs import run_program

RACES = ["plain, plain", "bulk, bulk"]


@pytest.fixture(scope="module")
def facts() -> dict:
    return run_program("same_order_twice.py")


@pytest.mark.parametrize("race", RACES)
def test_one_of_two_captured_at_the_same_moment_is_held(facts, race):
    assert facts[race]["held"] == 1


@pytest.mark.parametrize("race", RACES)
def test_both_are_captured(facts, race):
    assert facts[race]["confirmed"] == 2


@pytest.mark.parametrize("race", RACES)
def test_second_waits_for_the_first_and_is_started_again(facts, race):
    assert (facts[race]["waited"], facts[race]["tries"]) == (True, 2)

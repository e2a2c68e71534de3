# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who gets the last unit, when several processes of Odoo reach for it."""

import pytest

from tests.e2e.programs import run_program

RACES = ["plain, plain", "plain, bulk", "bulk, plain", "bulk, bulk"]


@pytest.fixture(scope="module")
def facts() -> dict:
    return run_program("last_unit.py")


def test_plain_odoo_promises_the_last_unit_twice(facts):
    """The reason for the guard; when this fails, Odoo may not need it any more."""
    assert facts["plain Odoo"]["reserved"] == 2


@pytest.mark.parametrize("race", RACES)
def test_last_unit_is_promised_once(facts, race):
    assert (facts[race]["reserved"], facts[race]["assigned"]) == (1, 1)


@pytest.mark.parametrize("race", RACES)
def test_order_that_came_second_waits_for_goods(facts, race):
    assert facts[race]["waiting"] == 1


@pytest.mark.parametrize("race", RACES)
def test_second_order_is_started_again_once(facts, race):
    assert (facts[race]["waited"], facts[race]["tries"]) == (True, 2)


def test_never_more_is_promised_than_there_is(facts):
    assert facts["stress"]["reserved"] <= facts["stress"]["on_hand"] == 10


def test_no_unit_is_lost_while_orders_wait(facts):
    stress = facts["stress"]
    assert stress["waiting"] > 0
    assert stress["reserved"] == stress["assigned"] == stress["on_lines"] == 10


def test_no_row_of_stock_is_promised_beyond_its_quantity(facts):
    assert facts["stress"]["odd_quants"] == 0


def test_killed_processes_leave_nothing_locked(facts):
    assert facts["stress"]["killed"] >= 5
    assert facts["stress"]["locks"] == 0


def test_killed_processes_leave_no_order_half_made(facts):
    assert (facts["stress"]["half_made"], facts["stress"]["draft"]) == (0, 0)

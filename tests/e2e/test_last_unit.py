# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who gets the last unit, when several processes of Odoo reach for it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from omscli.config import config_path
from omscli.databases import Databases
from omscli.paths import PYTHON, ROOT
from omscli.postgres import Cluster

RACES = ["plain, plain", "plain, bulk", "bulk, plain", "bulk, bulk"]


@pytest.fixture(scope="module")
def facts() -> dict:
    """What is true after the races; Odoo's own copy of the database, no server."""
    template = os.environ.get("OMS_TEMPLATE")
    if not template:
        pytest.fail("OMS_TEMPLATE is not set: start these with ./oms test tests/e2e")
    cluster = Cluster("test")
    with Databases(cluster).temporary(template, "run") as name:
        result = subprocess.run(
            [PYTHON, Path(__file__).parent / "last_unit.py", name],
            cwd=ROOT,
            env={
                **os.environ,
                **cluster.variables,
                "ODOO_RC": str(config_path("test")),
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert not result.returncode, result.stderr[-3000:]
    return json.loads(result.stdout.splitlines()[-1])


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

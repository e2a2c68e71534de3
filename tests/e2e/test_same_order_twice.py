# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An order that arrives twice at the same moment is suspected all the same."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from omscli.config import config_path
from omscli.databases import Databases
from omscli.paths import PYTHON, ROOT
from omscli.postgres import Cluster

RACES = ["plain, plain", "bulk, bulk"]


@pytest.fixture(scope="module")
def facts() -> dict:
    """What is true after the races; Odoo's own copy of the database, no server."""
    template = os.environ.get("OMS_TEMPLATE")
    if not template:
        pytest.fail("OMS_TEMPLATE is not set: start these with ./oms test tests/e2e")
    cluster = Cluster("test")
    with Databases(cluster).temporary(template, "run") as name:
        result = subprocess.run(
            [PYTHON, Path(__file__).parent / "same_order_twice.py", name],
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


@pytest.mark.parametrize("race", RACES)
def test_one_of_two_captured_at_the_same_moment_is_held(facts, race):
    assert facts[race]["held"] == 1


@pytest.mark.parametrize("race", RACES)
def test_both_are_captured(facts, race):
    assert facts[race]["confirmed"] == 2


@pytest.mark.parametrize("race", RACES)
def test_second_waits_for_the_first_and_is_started_again(facts, race):
    assert (facts[race]["waited"], facts[race]["tries"]) == (True, 2)

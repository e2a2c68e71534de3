# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nothing is lost and nothing is done twice, whatever fails meanwhile.

OMS_SOAK_ORDERS says how many orders; 2000 take their time.
"""

import os
import sys
import time

import pytest

from omscli.paths import LOGS
from tests.e2e import soak, soak_facts

ORDERS = int(os.environ.get("OMS_SOAK_ORDERS", "60"))
SEED = int(os.environ.get("OMS_SOAK_SEED", "1"))


@pytest.fixture(scope="module")
def facts(tmp_path_factory) -> soak_facts.Facts:
    template = os.environ.get("OMS_TEMPLATE")
    if not template:
        pytest.fail("OMS_TEMPLATE is not set: start these with ./oms test tests/e2e")
    start = time.monotonic()
    world = soak.World(template, tmp_path_factory.mktemp("soak"), ORDERS, SEED)
    with world.running():
        ready = time.monotonic()
        world.live()
        calm = time.monotonic()
        quiet = world.settle(120 + ORDERS)
        found = soak_facts.compare(world)
        figures = {
            **world.counts,
            "seconds to start": round(ready - start, 1),
            "of trouble": round(calm - ready, 1),
            "until quiet": round(quiet, 1),
        }
        text = f"{figures}\n\n{found}"
        (LOGS / "soak-facts.txt").write_text(text)
        sys.stderr.write(f"\nsoak: {text}\n")
        return found


def test_every_order_has_arrived_once(facts):
    assert (facts.lost, facts.doubled) == ([], [])


def test_both_sides_agree_on_what_was_sold_shipped_and_refunded(facts):
    assert facts.differing == []


def test_shops_sell_what_they_were_told(facts):
    assert facts.stock == []


def test_parcels_have_left(facts):
    assert facts.parcels > facts.orders / 10


def test_nothing_is_stuck_without_somebody_who_acts(facts):
    assert facts.waiting == []


def test_hardly_an_order_needs_a_person(facts):
    assert len(facts.asked) <= facts.orders * 0.05


def test_no_job_was_given_up(facts):
    assert facts.failed_jobs == []

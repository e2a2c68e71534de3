# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.shopify.throttle import Throttle


def _cost(requested, available, rate=100.0, maximum=2000.0):
    return {
        "requestedQueryCost": requested,
        "actualQueryCost": None,
        "throttleStatus": {
            "maximumAvailable": maximum,
            "currentlyAvailable": available,
            "restoreRate": rate,
        },
    }


def test_first_call_does_not_wait():
    assert Throttle().get_wait("OmsOrders", 0.0) == 0


def test_waits_until_the_bucket_holds_the_cost():
    throttle = Throttle()
    throttle.note("OmsOrders", _cost(500, 100), 10.0)
    assert throttle.get_wait("OmsOrders", 10.0) == 4.0


def test_bucket_fills_meanwhile():
    throttle = Throttle()
    throttle.note("OmsOrders", _cost(500, 100), 10.0)
    assert throttle.get_wait("OmsOrders", 13.0) == 1.0


def test_other_document_has_a_cost_of_its_own():
    throttle = Throttle()
    throttle.note("OmsOrders", _cost(500, 100), 10.0)
    throttle.note("OmsShop", _cost(1, 99), 10.0)
    assert throttle.get_wait("OmsShop", 10.0) == 0


def test_decimal_figures_are_read():
    throttle = Throttle()
    cost = _cost(500, Decimal("100.5"), Decimal("50.0"), Decimal("1000.0"))
    throttle.note("OmsOrders", cost, 0.0)
    assert throttle.get_wait("OmsOrders", 0.0) == pytest.approx(7.99)


def test_waits_for_a_full_bucket_at_most():
    throttle = Throttle()
    throttle.note("OmsOrders", _cost(900, 100, maximum=500.0), 0.0)
    assert throttle.get_wait("OmsOrders", 0.0) == 4.0


def test_refused_call_waits_a_second_even_if_the_bucket_looks_full():
    throttle = Throttle()
    throttle.note("OmsOrders", _cost(10, 2000), 0.0)
    assert throttle.get_refusal_wait("OmsOrders", 0.0) == 1.0


@pytest.mark.parametrize("cost", [None, "x", {}, {"throttleStatus": "full"}])
def test_answer_that_tells_no_cost_changes_nothing(cost):
    throttle = Throttle()
    throttle.note("OmsOrders", cost, 0.0)
    assert throttle.get_wait("OmsOrders", 0.0) == 0

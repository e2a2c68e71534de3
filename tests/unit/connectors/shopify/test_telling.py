# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parcels told to the emulator, which is as unreliable as a test wants."""

from decimal import Decimal

import pytest

from emulators.shopify import orders
from odoo.addons.oms_channels.connectors.shopify import telling
from odoo.addons.oms_channels.engine.documents import Shipment
from odoo.addons.oms_channels.engine.errors import Misconfigured, Rejected, Retry

CREATE = "OmsCreateFulfilment"


@pytest.fixture
def order(shop, place):
    return place(
        lines=[{"sku": "JACKET-M", "quantity": 3}, {"sku": "007-LAMP", "quantity": 1}]
    )


def _shipment(order, *units, key="shipment:1", tracking="1Z999", **values):
    lines = tuple(
        (str(line.id), Decimal(count))
        for line, count in zip(order.lines, units, strict=False)
    )
    return Shipment(key, str(order.id), lines, "UPS", tracking, **values)


def _tell(client, *shipments, told=()):
    by_order = {shipments[0].order_external_id: told}
    return telling.tell_shipments(client, shipments, by_order)


def _parcels(order):
    return [
        (row.numbers, [part.quantity for part in row.lines])
        for row in order.fulfillments
    ]


def test_parcel_reaches_the_shop(client, order):
    assert _tell(client, _shipment(order, 3, 1)) == {"shipment:1": None}
    assert _parcels(order) == [(["1Z999"], [3, 1])]


def test_carrier_and_link_reach_the_shop(client, order):
    link = "https://ups.example/1Z999"
    _tell(client, _shipment(order, 3, 1, tracking_url=link))
    (row,) = order.fulfillments
    assert (row.company, row.urls) == ("UPS", [link])


def test_partial_parcels_add_up(client, order):
    _tell(client, _shipment(order, 2))
    _tell(client, _shipment(order, 1, 1, key="shipment:2", tracking="1Z998"))
    assert _parcels(order) == [(["1Z999"], [2]), (["1Z998"], [1, 1])]


def test_repeated_parcel_has_the_effect_of_one(client, order):
    _tell(client, _shipment(order, 2))
    assert _tell(client, _shipment(order, 2)) == {"shipment:1": None}
    assert _parcels(order) == [(["1Z999"], [2])]


@pytest.mark.parametrize("tracking", ["1Z999", ""])
def test_parcel_whose_answer_was_lost_is_not_doubled(client, shop, order, tracking):
    shipment = _shipment(order, 1, tracking=tracking)
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": CREATE}})
    lost = _tell(client, shipment)["shipment:1"]
    again = _tell(client, shipment)["shipment:1"]
    assert (type(lost), again, len(order.fulfillments)) == (Retry, None, 1)


@pytest.mark.parametrize("tracking", ["1Z999", ""])
def test_like_parcel_after_a_lost_answer_is_told(client, shop, order, tracking):
    first = _shipment(order, 1, tracking=tracking)
    second = _shipment(order, 1, tracking=tracking, key="shipment:2")
    _tell(client, first)
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": CREATE}})
    _tell(client, second, told=[first])
    _tell(client, second, told=[first])
    assert len(order.fulfillments) == 2


def test_parcels_of_one_order_are_told_in_one_go(client, order):
    first = _shipment(order, 1, tracking="")
    second = _shipment(order, 1, tracking="", key="shipment:2")
    _tell(client, first, second)
    assert _parcels(order) == [([], [1]), ([], [1])]


@pytest.mark.parametrize(
    "fault", ["error_5xx_before", "html_instead_of_json", "truncated_body"]
)
def test_parcel_is_told_once_after_a_fault(client, shop, order, fault):
    shop.faults.set({fault: {"times": 1, "match": CREATE}})
    errors = [_tell(client, _shipment(order, 2))["shipment:1"] for _turn in range(2)]
    assert (type(errors[0]), errors[1]) == (Retry, None)
    assert _parcels(order) == [(["1Z999"], [2])]


def test_throttled_parcel_is_told(client, shop, order):
    shop.faults.set({"throttle": 2})
    assert _tell(client, _shipment(order, 3)) == {"shipment:1": None}


def test_expired_token_stops_the_batch(client, shop, order):
    shop.faults.set({"expired_token": 1})
    first, second = _shipment(order, 1), _shipment(order, 1, key="shipment:2")
    errors = _tell(client, first, second)
    assert [type(error) for error in errors.values()] == [Misconfigured] * 2


def test_shop_that_is_down_stops_the_batch(client, shop, order):
    shop.faults.set({"error_5xx_before": 3})
    shipments = [_shipment(order, 1, key=f"shipment:{turn}") for turn in range(5)]
    errors = _tell(client, *shipments)
    assert ([type(error) for error in errors.values()], order.fulfillments) == (
        [Retry] * 5,
        [],
    )


def test_one_fault_does_not_stop_the_batch(client, shop, order):
    shop.faults.set({"error_5xx_before": 1})
    first, second = _shipment(order, 1), _shipment(order, 1, key="shipment:2")
    errors = _tell(client, first, second)
    assert [error is None for error in errors.values()] == [False, True]


def test_order_that_the_shop_does_not_have_is_named(client):
    shipment = Shipment("shipment:1", "404", (("1", Decimal(1)),))
    error = _tell(client, shipment)["shipment:1"]
    assert (type(error), "no order 404" in str(error)) == (Rejected, True)


def test_cancelled_order_is_named(client, shop, order):
    with shop.store.lock:
        orders.cancel(shop.store, order, reason="customer", restock=True, refund=True)
    error = _tell(client, _shipment(order, 1))["shipment:1"]
    assert order.name in str(error)
    assert "(cancelled)" in str(error)


def test_units_that_left_under_another_number_are_a_matter_for_a_person(client, order):
    _tell(client, _shipment(order, 3, 1, tracking="BY-HAND", key="shipment:0"))
    error = _tell(client, _shipment(order, 3, 1))["shipment:1"]
    assert (type(error), len(order.fulfillments)) == (Rejected, 1)


def test_order_of_many_lines_is_told_whole(client, place):
    order = place(lines=[{"sku": f"MANY-{turn}", "quantity": 1} for turn in range(45)])
    shipment = _shipment(order, *[1] * 45)
    assert _tell(client, shipment) == {"shipment:1": None}
    assert _parcels(order) == [(["1Z999"], [1] * 45)]
    assert _tell(client, shipment) == {"shipment:1": None}
    assert len(order.fulfillments) == 1


def test_fulfilment_orders_of_two_locations_become_two_fulfilments(client, shop, order):
    first, second = list(shop.store.locations.values())[:2]
    (source,) = order.fulfillment_orders
    other = type(source)(
        shop.store.next_id("FulfillmentOrder"),
        order,
        second if source.location is first else first,
        source.created_at,
        source.updated_at,
        True,
    )
    other.lines.append(source.lines.pop())
    order.fulfillment_orders.append(other)
    shop.store.fulfillment_orders[other.id] = other
    assert _tell(client, _shipment(order, 3, 1)) == {"shipment:1": None}
    assert _parcels(order) == [(["1Z999"], [3]), (["1Z999"], [1])]

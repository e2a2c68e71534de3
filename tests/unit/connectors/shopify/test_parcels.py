# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is told of a parcel, whatever the shop knows of it already."""

from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.shopify.parcels import make_plan
from odoo.addons.oms_channels.engine.documents import Shipment
from odoo.addons.oms_channels.engine.errors import Rejected


def _shipment(*lines, key="shipment:1", tracking="1Z999", **values):
    units = tuple((line, Decimal(count)) for line, count in lines)
    return Shipment(key, "1001", units, tracking=tracking, **values)


def _source(key, *rows, status="OPEN", place="1"):
    """Rows are (line, units that remain)."""
    return {
        "id": f"gid://shopify/FulfillmentOrder/{key}",
        "status": status,
        "assignedLocation": {"location": {"id": f"gid://shopify/Location/{place}"}},
        "lineItems": {
            "nodes": [
                {
                    "id": f"row-{key}-{line}",
                    "remainingQuantity": units,
                    "lineItem": {"id": f"gid://shopify/LineItem/{line}"},
                }
                for line, units in rows
            ]
        },
    }


def _sent(*rows, tracking="1Z999", status="SUCCESS"):
    return {
        "status": status,
        "trackingInfo": [{"number": tracking}] if tracking else [],
        "fulfillmentLineItems": {
            "nodes": [
                {
                    "quantity": units,
                    "lineItem": {"id": f"gid://shopify/LineItem/{line}"},
                }
                for line, units in rows
            ]
        },
    }


def _told(plan):
    """[{row: units}], a dict per fulfilment."""
    return [
        {
            row["id"]: row["quantity"]
            for part in wish["lineItemsByFulfillmentOrder"]
            for row in part["fulfillmentOrderLineItems"]
        }
        for wish in plan.inputs
    ]


# === OPEN UNITS ===


def test_units_are_taken_from_the_fulfilment_order():
    plan = make_plan(_shipment(("7", 2)), [_source("a", ("7", 3), ("8", 1))], [])
    assert (_told(plan), plan.missing) == ([{"row-a-7": 2}], ())


def test_line_may_be_given_by_its_gid():
    line = "gid://shopify/LineItem/7"
    plan = make_plan(_shipment((line, 1)), [_source("a", ("7", 1))], [])
    assert _told(plan) == [{"row-a-7": 1}]


def test_line_given_twice_is_added_up():
    plan = make_plan(_shipment(("7", 1), ("7", 2)), [_source("a", ("7", 3))], [])
    assert _told(plan) == [{"row-a-7": 3}]


def test_parts_of_one_location_are_one_fulfilment():
    sources = [_source("a", ("7", 1)), _source("b", ("7", 1), ("8", 1))]
    plan = make_plan(_shipment(("7", 2), ("8", 1)), sources, [])
    assert _told(plan) == [{"row-a-7": 1, "row-b-7": 1, "row-b-8": 1}]


def test_each_location_has_its_own_fulfilment():
    sources = [_source("a", ("7", 1)), _source("b", ("8", 1), place="2")]
    plan = make_plan(_shipment(("7", 1), ("8", 1)), sources, [])
    assert _told(plan) == [{"row-a-7": 1}, {"row-b-8": 1}]


def test_closed_and_cancelled_fulfilment_orders_are_passed_over():
    sources = [
        _source("a", ("7", 1), status="CLOSED"),
        _source("b", ("7", 1), status="CANCELLED"),
        _source("c", ("7", 1), status="IN_PROGRESS"),
    ]
    assert _told(make_plan(_shipment(("7", 1)), sources, [])) == [{"row-c-7": 1}]


def test_only_what_remains_is_told_and_the_rest_is_named():
    plan = make_plan(_shipment(("7", 3)), [_source("a", ("7", 2))], [])
    assert _told(plan) == [{"row-a-7": 2}]
    assert "1 of 3 of line 7 is not open any more" in plan.missing[0]


def test_line_that_the_shop_does_not_know_is_named():
    plan = make_plan(_shipment(("9", 1)), [_source("a", ("7", 2))], [])
    assert (_told(plan), "line 9" in plan.missing[0]) == ([], True)


def test_hold_in_the_shop_is_named():
    sources = [_source("a", ("7", 1), status="ON_HOLD")]
    plan = make_plan(_shipment(("7", 1)), sources, [])
    assert "release the hold" in plan.missing[0]


def test_half_a_unit_cannot_be_told():
    with pytest.raises(Rejected, match="whole"):
        make_plan(_shipment(("7", "0.5")), [_source("a", ("7", 1))], [])


def test_shipment_of_nothing_tells_nothing():
    plan = make_plan(_shipment(("7", 0)), [_source("a", ("7", 1))], [])
    assert (plan.inputs, plan.missing) == ((), ())


# === TOLD BEFORE ===


def test_same_tracking_number_is_not_told_twice():
    """The answer was lost, the fulfilment was not."""
    plan = make_plan(_shipment(("7", 1)), [_source("a", ("7", 1))], [_sent(("7", 1))])
    assert (plan.inputs, plan.missing) == ((), ())


def test_second_location_is_told_when_only_the_first_was():
    sources = [_source("a", status="CLOSED"), _source("b", ("8", 1), place="2")]
    plan = make_plan(_shipment(("7", 1), ("8", 1)), sources, [_sent(("7", 1))])
    assert (_told(plan), plan.missing) == ([{"row-b-8": 1}], ())


def test_cancelled_fulfilment_is_told_again():
    plan = make_plan(
        _shipment(("7", 1)),
        [_source("a", ("7", 1))],
        [_sent(("7", 1), status="CANCELLED")],
    )
    assert _told(plan) == [{"row-a-7": 1}]


def test_other_tracking_number_is_another_parcel():
    plan = make_plan(
        _shipment(("7", 1)), [_source("a", ("7", 1))], [_sent(("7", 1), tracking="2")]
    )
    assert _told(plan) == [{"row-a-7": 1}]


def test_goods_that_went_out_under_another_number_are_named():
    plan = make_plan(
        _shipment(("7", 1)), [_source("a", ("7", 0))], [_sent(("7", 1), tracking="2")]
    )
    assert (_told(plan), len(plan.missing)) == ([], 1)


def test_second_parcel_under_the_same_number_is_told():
    first = _shipment(("7", 1), key="shipment:1")
    second = _shipment(("7", 1), key="shipment:2")
    plan = make_plan(second, [_source("a", ("7", 1))], [_sent(("7", 1))], [first])
    assert _told(plan) == [{"row-a-7": 1}]


def test_parcel_without_number_is_known_by_its_goods():
    plan = make_plan(
        _shipment(("7", 1), tracking=""),
        [_source("a", ("7", 1))],
        [_sent(("7", 1), tracking="")],
    )
    assert (plan.inputs, plan.missing) == ((), ())


def test_second_parcel_without_number_is_told():
    first = _shipment(("7", 1), key="shipment:1", tracking="")
    second = _shipment(("7", 1), key="shipment:2", tracking="")
    plan = make_plan(
        second, [_source("a", ("7", 1))], [_sent(("7", 1), tracking="")], [first]
    )
    assert _told(plan) == [{"row-a-7": 1}]


def test_parcel_without_number_is_not_taken_for_other_goods():
    plan = make_plan(
        _shipment(("7", 2), tracking=""),
        [_source("a", ("7", 2))],
        [_sent(("7", 1), tracking="")],
    )
    assert _told(plan) == [{"row-a-7": 2}]


# === TRACKING ===


def test_tracking_is_told():
    shipment = _shipment(
        ("7", 1),
        carrier=" UPS ",
        tracking=" 1Z ",
        tracking_url="https://ups.example/1Z",
    )
    (wish,) = make_plan(shipment, [_source("a", ("7", 1))], []).inputs
    assert wish["trackingInfo"] == {
        "company": "UPS",
        "number": "1Z",
        "url": "https://ups.example/1Z",
    }


def test_parcel_without_tracking_has_no_empty_one():
    shipment = _shipment(("7", 1), tracking="")
    (wish,) = make_plan(shipment, [_source("a", ("7", 1))], []).inputs
    assert "trackingInfo" not in wish


def test_address_that_is_no_link_is_left_out():
    shipment = _shipment(("7", 1), tracking_url='[["UPS", "https://ups.example"]]')
    (wish,) = make_plan(shipment, [_source("a", ("7", 1))], []).inputs
    assert wish["trackingInfo"] == {"number": "1Z999"}

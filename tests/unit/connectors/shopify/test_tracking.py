# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which fulfilments a late number belongs to, whatever else has left."""

from decimal import Decimal

from odoo.addons.oms_channels.connectors.shopify.tracking import find_fulfilments
from odoo.addons.oms_channels.engine.documents import Shipment
from odoo.addons.oms_channels.engine.tracking import TrackingChange


def _shipment(*lines, key="shipment:1", tracking=""):
    units = tuple((line, Decimal(count)) for line, count in lines)
    return Shipment(key, "1001", units, tracking=tracking)


def _sent(name, *rows, tracking="", status="SUCCESS"):
    return {
        "id": name,
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


def _find(shipment, *fulfilments, told=(), former=("",)):
    change = TrackingChange("tracking:1:N", shipment, former)
    return [row["id"] for row in find_fulfilments(change, fulfilments, told)]


LATE = _shipment(("7", 1), tracking="N")


def test_fulfilment_without_a_number_is_found_by_its_goods():
    assert _find(LATE, _sent("a", ("8", 1)), _sent("b", ("7", 1))) == ["b"]


def test_fulfilment_is_found_by_its_former_number():
    sent = _sent("a", ("7", 1), tracking="OLD")
    assert _find(LATE, sent, former=("OLD",)) == ["a"]


def test_number_that_nobody_told_is_another_parcel():
    assert _find(LATE, _sent("a", ("7", 1), tracking="OTHER")) == []


def test_fulfilment_that_has_the_number_already_is_found():
    assert _find(LATE, _sent("a", ("7", 1), tracking="N")) == ["a"]


def test_cancelled_fulfilment_is_passed_over():
    assert _find(LATE, _sent("a", ("7", 1), status="CANCELLED")) == []


def test_parcel_from_two_places_has_two_fulfilments():
    both = _shipment(("7", 1), ("8", 1), tracking="N")
    assert _find(both, _sent("a", ("7", 1)), _sent("b", ("8", 1))) == ["a", "b"]


def test_more_goods_than_the_parcel_has_are_another_parcel():
    assert _find(LATE, _sent("a", ("7", 2))) == []


def test_only_one_of_two_equal_fulfilments_is_taken():
    assert _find(LATE, _sent("a", ("7", 1)), _sent("b", ("7", 1))) == ["a"]


def test_fulfilment_of_another_parcel_under_the_same_number_is_left_to_it():
    other = _shipment(("7", 1), key="shipment:2", tracking="N")
    sent = [_sent("a", ("7", 1), tracking="N"), _sent("b", ("7", 1))]
    assert _find(LATE, *sent, told=[other]) == ["b"]


def test_number_whose_answer_was_lost_is_not_given_to_the_next_parcel():
    other = _shipment(("7", 1), key="shipment:2")
    sent = [_sent("a", ("7", 1), tracking="N"), _sent("b", ("7", 1))]
    assert _find(LATE, *sent, told=[other]) == ["a"]


def test_own_word_of_before_takes_nothing_away():
    told = [_shipment(("7", 1))]
    assert _find(LATE, _sent("a", ("7", 1)), told=told) == ["a"]

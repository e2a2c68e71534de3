# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days, pick-up, bundles and tests in the shop's own words."""

from datetime import date

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import order_from_payload
from tests.unit.mappers.shopify.builders import line, order


def _attributes(**pairs):
    return [{"name": name, "value": value} for name, value in pairs.items()]


def _shipping(**values):
    return [{"id": 5, "title": "Main Street", "price": "0.00"} | values]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Delivery-Date", "2026/03/14"),
        ("delivery_date", "2026-03-14"),
        ("Delivery Date", "Saturday, 14 March 2026"),
        ("Pickup-Date", "March 14, 2026"),
    ],
)
def test_day_that_an_app_asked_for_is_read(name, text):
    payload = order(note_attributes=_attributes(**{name: text}))
    assert order_from_payload(payload).requested_on == date(2026, 3, 14)


def test_day_that_may_mean_two_stays_in_the_note():
    mapped = order_from_payload(
        order(note_attributes=_attributes(**{"Delivery-Date": "03/04/2026"}))
    )
    assert mapped.requested_on is None
    assert "03/04/2026" in mapped.note


@pytest.mark.parametrize("category", ["pickup", "local_pickup", "PICK_UP"])
def test_shipping_method_of_picking_up_names_the_place(category):
    mapped = order_from_payload(
        order(shipping_lines=_shipping(delivery_category=category))
    )
    assert (mapped.is_pickup, mapped.pickup_location) == (True, "Main Street")


def test_app_for_picking_up_names_the_place():
    mapped = order_from_payload(
        order(
            note_attributes=_attributes(
                **{"Checkout-Method": "pickup", "Pickup-Location-Id": "77"}
            )
        )
    )
    assert (mapped.is_pickup, mapped.pickup_location) == (True, "77")


def test_parcel_is_not_fetched():
    mapped = order_from_payload(
        order(shipping_lines=_shipping(delivery_category="shipping"))
    )
    assert (mapped.is_pickup, mapped.pickup_location) == (False, "")


def test_part_of_a_bundle_says_so():
    part = line(lineItemGroup={"id": "gid://shopify/LineItemGroup/1", "title": "Set"})
    assert order_from_payload(order(part)).lines[0].note == "Part of Set"


def test_test_order_is_one():
    assert order_from_payload(order(test=True)).is_test


@pytest.mark.parametrize("sku", ["00123", "12/34 A", "日本-1", "100%"])
def test_sku_is_kept_as_it_is(sku):
    assert order_from_payload(order(line(sku=sku))).lines[0].sku == sku


def test_blanks_around_a_sku_are_none_of_it():
    assert order_from_payload(order(line(sku=" abc "))).lines[0].sku == "abc"


def test_line_of_a_deleted_variant_has_its_text_and_price():
    mapped = order_from_payload(
        order(line(sku=None, variant_id=None, product_id=None, product_exists=False))
    )
    assert (mapped.lines[0].name, mapped.lines[0].product_external_id) == ("Mug", "")

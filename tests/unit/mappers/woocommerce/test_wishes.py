# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days, pick-up and bundles in the shop's own words."""

from datetime import date

import pytest

from odoo.addons.oms_channels.connectors.woocommerce.mapper import order_from_payload
from tests.unit.mappers.woocommerce.builders import line, order, shipping


def _meta(**pairs):
    return [
        {"id": number, "key": key, "value": value}
        for number, (key, value) in enumerate(pairs.items())
    ]


@pytest.mark.parametrize(
    "meta",
    [
        {"delivery_date": "2026-03-14"},
        {"_orddd_delivery_date": "14 March, 2026"},
        {"Pickup Date": "March 14, 2026"},
    ],
)
def test_day_that_a_plugin_asked_for_is_read(meta):
    payload = order(line_items=[line()], meta_data=_meta(**meta))
    assert order_from_payload(payload).requested_on == date(2026, 3, 14)


def test_place_of_pick_up_is_the_shops_name_of_it():
    method = shipping(
        method_id="pickup_location",
        total="0.00",
        meta_data=_meta(pickup_location="Main Street"),
    )
    mapped = order_from_payload(order(line_items=[line()], shipping_lines=[method]))
    assert (mapped.is_pickup, mapped.pickup_location) == (True, "Main Street")


def test_parcel_is_not_fetched():
    method = shipping(total="0.00")
    mapped = order_from_payload(order(line_items=[line()], shipping_lines=[method]))
    assert (mapped.is_pickup, mapped.pickup_location) == (False, "")


def test_part_of_a_bundle_names_its_line():
    part = line(id=12, sku="PART", total="0.00", subtotal="0.00", bundled_by="11")
    mapped = order_from_payload(order(line_items=[line(), part]))
    assert [row.parent for row in mapped.lines] == ["", "11"]


def test_part_of_a_bundle_that_is_not_listed_has_no_line_to_name():
    part = line(bundled_by="99")
    assert order_from_payload(order(line_items=[part])).lines[0].parent == ""


@pytest.mark.parametrize(
    ("sku", "read"), [(123, "123"), ("00123", "00123"), (None, ""), (" abc ", "abc")]
)
def test_sku_is_read_as_text(sku, read):
    assert order_from_payload(order(line_items=[line(sku=sku)])).lines[0].sku == read

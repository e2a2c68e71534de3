# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whatever arrives is an order or a refusal, and never anything else."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.oms_channels.connectors.shopify.mapper import (
    order_from_payload,
    order_key,
)
from odoo.addons.oms_channels.engine.documents import ChannelOrder
from odoo.addons.oms_channels.engine.errors import Rejected

FIXTURES = Path(__file__).parents[3] / "fixtures" / "shopify"
PUBLISHED = json.loads((FIXTURES / "rest.order.00.json").read_text())
BODY = PUBLISHED["response_body"]["orders"][0]
NASTY = [
    *(None, True, -1, 10**400, 1e308, float("nan"), float("inf"), "", "0", "-0.01"),
    *(
        "1e5",
        "NaN",
        "9" * 400,
        "\0",
        "\ud800",
        "2026-13-45T99:00:00Z",
        "²",
        "١٢",
        [],
        {},
    ),
    *([None], [[]], {"nodes": None}, {"nodes": [None]}, "0001-01-01T00:00:00+23:59"),
]
values = st.sampled_from(NASTY) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
sides = st.sampled_from(["shop", "presentment"])
QUIET = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def ways(value, way=()):
    """The way to every place in a document."""
    if isinstance(value, dict | list):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in members:
            yield (*way, key)
            yield from ways(inner, (*way, key))


def put(document, way, value):
    """A copy of the document with another value in one place."""
    if not way:
        return value
    copy = document.copy()
    copy[way[0]] = put(document[way[0]], way[1:], value)
    return copy


def outcome(document, side="shop"):
    try:
        order_key(document)
        return order_from_payload(document, side)
    except Rejected as refusal:
        return refusal


WAYS = list(ways(BODY))


@QUIET
@given(way=st.sampled_from(WAYS), value=values, side=sides)
def test_changed_body_of_a_webhook_is_an_order_or_a_refusal(way, value, side):
    assert isinstance(outcome(put(BODY, way, value), side), ChannelOrder | Rejected)


@QUIET
@given(data=st.data(), value=values, side=sides)
def test_changed_order_of_the_api_is_an_order_or_a_refusal(pairs, data, value, side):
    node = data.draw(st.sampled_from([node for _body, node in pairs[:12]]))
    way = data.draw(st.sampled_from(list(ways(node))))
    assert isinstance(outcome(put(node, way, value), side), ChannelOrder | Rejected)


@given(value=values)
def test_anything_else_is_refused(value):
    assert isinstance(outcome(value), Rejected)


@pytest.mark.parametrize("value", NASTY[1:10])
def test_nasty_total_is_taken_or_refused_by_its_name(value):
    found = outcome(BODY | {"total_price": value})
    assert isinstance(found, ChannelOrder) or found.field == "total_price"


NEEDED = [
    ((), {"id", "currency", "line_items", "total_price"}),
    (("line_items", 0), {"id", "quantity", "price"}),
    (("line_items", 0, "tax_lines", 0), {"price"}),
    (("shipping_lines", 0), {"price"}),
    (("shipping_address",), set()),
    (("customer",), set()),
]


@pytest.mark.parametrize(("way", "needed"), NEEDED)
def test_null_is_refused_only_where_an_order_cannot_do_without(way, needed):
    members = BODY
    for key in way:
        members = members[key]
    refused = {
        key
        for key in members
        if isinstance(outcome(put(BODY, (*way, key), None)), Rejected)
    }
    assert refused == needed

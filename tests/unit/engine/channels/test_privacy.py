# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A payload without the buyer is still the payload."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.connectors.shopify import mapper
from odoo.addons.oms_channels.connectors.shopify.compliance import privacy_request
from odoo.addons.oms_channels.engine.privacy import REMOVED, redact

SAMPLES = Path(__file__).parents[3] / "fixtures" / "shopify"
ORDERS = sorted(SAMPLES.glob("rest.order.*.json"))


def read_order(path):
    body = json.loads(path.read_text())["response_body"]
    return body["order"] if "order" in body else body["orders"][0]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_what_is_redacted_twice_is_as_redacted_once(value):
    assert redact(redact(value)) == redact(value)


@given(json_values)
def test_fields_keep_their_names(value):
    def names(inner):
        if isinstance(inner, dict):
            return {key: names(below) for key, below in inner.items()}
        return None

    if isinstance(value, dict):
        assert names(redact(value)) == names(value)


def test_goods_keep_their_name_and_people_do_not():
    order = {"customer": {"name": "Ada"}, "lines": [{"name": "Mug"}]}
    assert redact(order) == {"customer": {"name": REMOVED}, "lines": [{"name": "Mug"}]}


def test_names_in_camel_case_are_found():
    order = {"shippingAddress": {"firstName": "Ada", "countryCodeV2": "FR"}}
    assert redact(order) == {
        "shippingAddress": {"firstName": REMOVED, "countryCodeV2": "FR"}
    }


@pytest.mark.parametrize("path", ORDERS, ids=lambda path: path.stem)
def test_published_order_still_has_its_amounts_and_no_buyer(path):
    payload = read_order(path)
    before = mapper.order_from_payload(payload)
    after = mapper.order_from_payload(redact(payload))
    assert after.total == before.total
    assert [line.sku for line in after.lines] == [line.sku for line in before.lines]
    assert before.customer.email not in json.dumps(redact(payload)) or (
        not before.customer.email
    )


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("customers/data_request", "export"),
        ("customers/redact", "redact"),
        ("shop/redact", "redact_shop"),
    ],
)
def test_each_compliance_topic_is_a_request(topic, kind):
    assert privacy_request(topic, {"shop_id": 1}, "delivery-1").kind == kind


def test_other_topics_ask_nothing_about_a_buyer():
    assert privacy_request("orders/create", {"customer": {"id": 1}}, "d") is None


def test_request_names_buyer_and_orders():
    payload = {
        "customer": {"id": 191167, "email": "ada@example.com"},
        "orders_to_redact": [299938, 280263],
    }
    request = privacy_request("customers/redact", payload, "d")
    assert (request.customer_id, request.email, request.orders) == (
        "191167",
        "ada@example.com",
        ("299938", "280263"),
    )

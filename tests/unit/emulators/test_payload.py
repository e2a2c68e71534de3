# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Webhook bodies have the keys of the samples that Shopify publishes, no others."""

import json
from pathlib import Path

import pytest

from emulators.shopify import fulfilment, orders, payload
from emulators.shopify.refund_wishes import refund_by_hand
from emulators.shopify.store import Store

SAMPLES = Path(__file__).parents[2] / "fixtures" / "shopify"
# Open dictionaries: what stands in them is the caller's or the gateway's.
OPEN = ("receipt", "origin_address", "client_details")


def _sample(name):
    answer = json.loads((SAMPLES / f"rest.{name}.json").read_text())["response_body"]
    kind = name.split(".")[0]
    return answer.get(kind) or answer[f"{kind}s"][0]


def _places(row, place=""):
    """Every key with its way there; the rows of a list count together."""
    if isinstance(row, list):
        return set().union(*(_places(item, place) for item in row))
    if not isinstance(row, dict) or place.rsplit(".", 1)[-1] in OPEN:
        return set()
    found = {f"{place}.{key}" for key in row}
    return found.union(
        *(_places(value, f"{place}.{key}") for key, value in row.items())
    )


@pytest.fixture
def store():
    return Store(seed=2)


@pytest.fixture
def order(store):
    """One that has been through everything."""
    row = orders.place(
        store,
        {
            "plain": True,
            "lines": [
                {"sku": "BEANIE", "quantity": 3, "properties": {"engraving": "Ada"}},
                {"sku": "BLANKET", "quantity": 1},
            ],
            "discount": {"type": "fixed_amount", "value": "10"},
            "properties": {"colour": "green"},
            "free_shipping": True,
        },
    )
    parcel = fulfilment.Parcel(row.fulfillment_orders[0], None)
    tracking = fulfilment.Tracking("UPS", ["1Z999"], ["https://example.com/1Z999"])
    fulfilment.create(store, [parcel], tracking, notify=False)
    refund_by_hand(store, row, {"lines": [{"sku": "BEANIE", "quantity": 1}]})
    return row


def test_order_has_the_keys_of_the_sample(store, order):
    published = _places(_sample("order.00"))
    ours = _places(payload.order(store, order))
    # The sample's customer agreed to be texted, ours did not.
    agreed = {place for place in published if ".sms_marketing_consent." in place}
    assert published - ours == agreed
    # Where the sample shows an empty list, it says nothing about its rows.
    described = {_parent(place) for place in published}
    assert {place for place in ours - published if _parent(place) in described} == set()


def _parent(place):
    return place.rsplit(".", 1)[0]


def test_refund_has_the_keys_of_the_sample(store, order):
    ours = _places(payload.refund(store, order.refunds[0]))
    published = _places(_sample("refund.01"))
    # Told by a real gateway only.
    gateway = {"amount_rounding", "manual_payment_gateway", "total_unsettled_set"}
    missing = {
        place
        for place in published - ours
        if not gateway & set(place.split(".")) and "line_item" not in place
    }
    assert missing == set()


def test_fulfillment_has_the_keys_of_the_sample(store, order):
    ours = set(payload.fulfillment(store, order.fulfillments[0]))
    assert ours == set(_sample("fulfillment.05"))


def test_body_of_an_order_has_no_transactions(store, order):
    assert "transactions" not in payload.order(store, order)


def test_all_published_orders_have_the_same_keys():
    """So that one sample may speak for all."""
    names = sorted(path.name[5:-5] for path in SAMPLES.glob("rest.order.*.json"))
    keys = {name: frozenset(_sample(name)) for name in names}
    assert len(set(keys.values())) == 1, keys

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The documented shape of an order and the mapper that reads it say the same."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from odoo.addons.oms_channels.connectors.file import readers
from odoo.addons.oms_channels.connectors.file.mapper import order_from_payload
from odoo.addons.oms_channels.connectors.shopify import mapper as shopify
from odoo.addons.oms_channels.connectors.woocommerce import mapper as woocommerce
from odoo.addons.oms_channels.engine.errors import Rejected
from tests.contract.document import write_document
from tests.contract.mutations import mutants, put, values, ways
from tests.contract.samples import shopify_orders, woocommerce_orders
from tests.unit.mappers.file.samples import FILES
from tests.unit.mappers.file.test_mapper import ORDER, VALIDATOR, WRONG, changed_member

# What the description of the schema says that a schema cannot check.
BEYOND = ("twice", "external_id of another line", "at most the quantity", "like 2026")
# A number that is longer than any that a sender means.
BEYOND += ("is too long a number",)
# A number that is nothing but for a hundred places: a schema has no limit for these.
TINY = re.compile(r"is not a number \(-?[\d.]+e-\d{3}\)")
EVERYTHING = ORDER | {
    "updated_at": "2026-01-03T03:04:05.25+02:00",
    "cancelled_at": None,
    "requested_on": "2026-02-01",
    "bill_to": {"name": "Ada Buyer", "zip": 89501},
    "refunds": [
        {"external_id": "r", "lines": [{"external_id": "1", "quantity": 1}], "kept": 0}
    ],
    "parcels": [
        {"external_id": "p", "lines": [{"external_id": "1", "quantity": "1"}]},
    ],
}
FUZZ = settings(
    max_examples=int(os.environ.get("OMS_FUZZ", "200")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PUBLISHED = [
    pytest.param(write_document(mapper.order_from_payload(payload)), id=name)
    for mapper, samples in (
        (shopify, shopify_orders()),
        (woocommerce, woocommerce_orders()),
    )
    for name, payload in samples
]
numbers = st.sampled_from(
    [
        *("0", "-0", "-0.00", "0.0", "+1", "1.", ".5", "1e3", "00001", "1" * 16),
        *("0.5", "1.0", "1.01", "-1", " 2 ", "2\n", "999999999999999", "\u0661"),
        *("1.0000000000001", 0, -1, 1, 0.5, 1.5, 1e-7),
        *(10**15, 10**15 - 1, -(10**15)),
    ]
)
moments = st.from_regex(
    r"[0-3]?[0-9]{3}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9](:[0-9]{2})?"
    r"([.,][0-9]{1,8})?(Z|z|[+-][0-9]{2}(:?[0-9]{2})?)?",
    fullmatch=True,
) | st.sampled_from(["2026-01-02", "20260102T030405Z", "2026-W01-1T00:00:00Z", " "])


def refusal(document):
    try:
        order_from_payload(document)
    except Rejected as error:
        return str(error)
    return ""


def check_agreement(document):
    """:raise AssertionError: if one of both takes what the other refuses"""
    wrong = [error.message for error in VALIDATOR.iter_errors(document)]
    reason = refusal(document)
    if not reason:
        assert not wrong, wrong
    elif not wrong:
        is_beyond = any(word in reason for word in BEYOND) or TINY.search(reason)
        assert is_beyond, reason


def is_json(document):
    """Without NUL, which the mapper takes out wherever it stands."""
    try:
        text = json.dumps(document, allow_nan=False)
    except ValueError:
        return False
    return "\\u0000" not in text and json.loads(text) == document


# === SAMPLES ===


@pytest.mark.parametrize("document", PUBLISHED)
def test_published_order_as_a_document_fits_the_schema(document):
    assert not list(VALIDATOR.iter_errors(document))


@pytest.mark.parametrize("kind", FILES)
def test_what_a_reader_makes_of_a_file_fits_the_schema(kind):
    for document in readers.read_file("sample", *FILES[kind]):
        payload = json.loads(json.dumps(document.payload, default=str))
        assert not list(VALIDATOR.iter_errors(payload))


def test_document_with_everything_fits_the_schema():
    assert not list(VALIDATOR.iter_errors(EVERYTHING))
    assert not refusal(EVERYTHING)


def test_schema_is_a_schema():
    Draft202012Validator.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize(("where", "value"), WRONG)
def test_schema_refuses_what_the_mapper_refuses(where, value):
    assert list(VALIDATOR.iter_errors(changed_member(where, value)))


# === ANYTHING ===


@FUZZ
@given(document=mutants([ORDER, EVERYTHING]))
def test_spoiled_document_is_taken_by_both_or_by_none(document):
    assume(is_json(document))
    check_agreement(document)


@FUZZ
@given(way=st.sampled_from(ways(EVERYTHING)), value=numbers | moments | values)
def test_schema_and_mapper_agree_on_each_value(way, value):
    document = put(EVERYTHING, way, value)
    assume(is_json(document))
    check_agreement(document)


@FUZZ
@given(way=st.sampled_from(["placed_at", "updated_at", "requested_on"]), value=moments)
def test_schema_and_mapper_agree_on_times(way, value):
    check_agreement(EVERYTHING | {way: value})


def test_schema_lies_where_the_documentation_says():
    page = Path(__file__).parents[4] / "docs" / "api.md"
    assert "../addons/oms_channels/schema/oms_order.schema.json" in page.read_text()

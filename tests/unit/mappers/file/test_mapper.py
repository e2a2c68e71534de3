# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import copy
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from odoo.addons.oms_channels.connectors.file.mapper import order_from_payload
from odoo.addons.oms_channels.engine.documents import ChannelOrder
from odoo.addons.oms_channels.engine.errors import Rejected

ROOT = Path(__file__).parents[4]
SCHEMA = ROOT / "addons/oms_channels/schema/oms_order.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text()))
ORDER = {
    "external_id": "F-1",
    "number": "F-1",
    "placed_at": "2026-01-02T03:04:05Z",
    "currency": "USD",
    "total": "21.10",
    "customer": {"external_id": "c1", "name": "Ada Buyer", "is_company": False},
    "ship_to": {"street": "1 Elm St", "city": "Reno", "state": "NV", "country": "US"},
    "lines": [
        {
            "external_id": "1",
            "sku": "MUG",
            "name": "Mug",
            "quantity": "2",
            "unit_price": "7.50",
            "discount": "0.00",
            "taxes": [{"title": "State", "rate": "0.08", "amount": "1.20"}],
        },
        {"name": "Express", "kind": "shipping", "quantity": 1, "unit_price": "4.90"},
    ],
    "payments": [{"external_id": "p1", "kind": "capture", "amount": "21.10"}],
    "tags": ["gift"],
}
WRONG = [
    ("external_id", None),
    ("external_id", ""),
    ("placed_at", None),
    ("currency", None),
    ("currency", "usd"),
    ("currency", 840),
    ("currency", "U5D"),
    ("placed_at", "2026-01-02T03:04:05"),
    ("placed_at", "2026-01-02 03:04:05Z"),
    ("updated_at", "yesterday"),
    ("requested_on", "20260314"),
    ("lines[0].quantity", 0),
    ("lines[0].quantity", "-2"),
    ("lines[0].discount", "-1"),
    ("lines[0].taxes[0].rate", "1.06"),
    ("payments[0].amount", -1),
    ("payments", {"nodes": []}),
    ("total", "much"),
    ("taxes_included", "yes"),
    ("lines", None),
    ("lines", []),
    ("lines[0].quantity", None),
    ("lines[0].quantity", "two"),
    ("lines[0].unit_price", None),
    ("lines[0].unit_price", ""),
    ("lines[0].unit_price", "1,50"),
    ("lines[1].kind", "thing"),
    ("lines[0].taxes[0].rate", None),
    ("lines[0].taxes[0].amount", "x"),
    ("payments[0].kind", "gift"),
    ("payments[0].external_id", None),
    ("payments[0].amount", None),
    ("customer", "Ada"),
    ("tags", [1]),
    ("tags", "VIP"),
    ("tags", 0),
    ("tags", True),
]


def paths(value, path=""):
    """All places of a document: (container, key, path)."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        where = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}".strip(".")
        yield value, key, where
        if isinstance(inner, dict | list):
            yield from paths(inner, where)


def outcome(document):
    try:
        return order_from_payload(document)
    except Rejected as refusal:
        return refusal


def changed(where, value):
    document = copy.deepcopy(ORDER)
    container, key = next((c, k) for c, k, path in paths(document) if path == where)
    container[key] = value
    return document


def changed_member(where, value):
    document = copy.deepcopy(ORDER)
    if where not in [path for _c, _k, path in paths(document)]:
        document[where] = value
        return document
    return changed(where, value)


def test_document_is_mapped_to_the_cent():
    order = order_from_payload(ORDER)
    assert order.lines_total == order.total == Decimal("21.10")


def test_total_is_what_the_lines_add_up_to_if_it_is_not_said():
    document = {key: value for key, value in ORDER.items() if key != "total"}
    assert order_from_payload(document).total == Decimal("21.10")


def test_document_fits_the_schema():
    assert not list(VALIDATOR.iter_errors(ORDER))


@pytest.mark.parametrize(("where", "value"), WRONG)
def test_wrong_value_is_refused_with_its_path(where, value):
    with pytest.raises(Rejected) as caught:
        order_from_payload(changed_member(where, value))
    assert caught.value.field.startswith(where.partition("[")[0])


@given(data=st.data())
def test_any_change_gives_an_order_or_a_refusal(data):
    document = copy.deepcopy(ORDER)
    container, key, _path = data.draw(st.sampled_from(list(paths(document))))
    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    )
    container[key] = data.draw(json_values)
    assert isinstance(outcome(document), ChannelOrder | Rejected)


def test_what_the_buyer_wishes_is_read():
    wishes = {"requested_on": "2026-03-14", "is_pickup": True, "pickup_location": "77"}
    mapped = order_from_payload(ORDER | wishes)
    assert (mapped.requested_on, mapped.is_pickup, mapped.pickup_location) == (
        date(2026, 3, 14),
        True,
        "77",
    )


def test_part_of_a_bundle_names_its_line():
    lines = [
        line | {"external_id": key}
        for key, line in zip("ab", ORDER["lines"], strict=True)
    ]
    lines[1]["parent"] = "a"
    assert order_from_payload(ORDER | {"lines": lines}).lines[1].parent == "a"


def test_part_of_no_line_is_refused():
    lines = [line | {"parent": "z"} for line in ORDER["lines"]]
    with pytest.raises(Rejected, match="parent"):
        order_from_payload(ORDER | {"lines": lines})

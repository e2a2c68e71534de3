# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every published order maps, and its lines add up to its total."""

import copy
import json
from decimal import Decimal
from pathlib import Path

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import (
    order_from_payload,
    order_key,
)
from odoo.addons.oms_channels.engine.errors import Rejected

FIXTURES = Path(__file__).parents[3] / "fixtures" / "shopify"


def published_orders():
    for path in sorted(FIXTURES.glob("rest.order.*.json")):
        body = json.loads(path.read_text())["response_body"]
        for index, order in enumerate(body.get("orders") or [body["order"]]):
            yield pytest.param(order, id=f"{path.stem}[{index}]")


ORDERS = list(published_orders())
FIRST = ORDERS[0].values[0]
WRONG = [
    ("id", None),
    ("currency", None),
    ("currency", "dollar"),
    ("total_price", None),
    ("total_price", "much"),
    ("updated_at", "yesterday"),
    ("line_items", {"a": 1}),
    ("line_items", []),
    ("line_items[0].price", None),
    ("line_items[0].price", "cheap"),
    ("line_items[0].quantity", "some"),
    ("line_items[0].tax_lines[0].price", "x"),
    ("shipping_lines[0].price", "free"),
    ("customer", "Bob"),
]


def places(value, path=""):
    """All places of a document: (container, key, path)."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        where = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}".strip(".")
        yield value, key, where
        if isinstance(inner, dict | list):
            yield from places(inner, where)


def changed(where, value):
    document = copy.deepcopy(FIRST)
    container, key = next((c, k) for c, k, path in places(document) if path == where)
    container[key] = value
    return document


@pytest.mark.parametrize("payload", ORDERS)
def test_published_order_adds_up_to_its_total(payload):
    order = order_from_payload(payload)
    assert order.lines_total == order.total == Decimal(payload["total_price"])


@pytest.mark.parametrize("payload", ORDERS)
def test_published_order_has_its_key(payload):
    assert order_key(payload)[0] == str(payload["id"])


def test_discount_of_the_whole_order_is_on_its_lines():
    order = order_from_payload(FIRST)
    discounts = [line.discount for line in order.lines if line.kind == "goods"]
    assert discounts == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]


def test_units_refunded_before_shipping_are_cancelled():
    order = order_from_payload(FIRST)
    current = [row["current_quantity"] for row in FIRST["line_items"]]
    assert [line.quantity - line.cancelled for line in order.lines[:3]] == current


def test_version_is_the_same_whatever_the_offset():
    late = changed("updated_at", "2026-01-02T10:00:00-05:00")
    assert order_key(late)[1] == "2026-01-02T15:00:00+00:00"


def test_money_that_was_paid_is_one_capture_of_the_total():
    paid = changed("financial_status", "paid")
    captures = [p for p in order_from_payload(paid).payments if p.kind == "capture"]
    assert [payment.amount for payment in captures] == [Decimal("598.94")]


def test_order_that_is_pending_has_no_payment():
    pending = changed("financial_status", "pending") | {"refunds": []}
    assert order_from_payload(pending).payments == ()


@pytest.mark.parametrize(("where", "value"), WRONG)
def test_wrong_value_is_refused_with_its_path(where, value):
    with pytest.raises(Rejected) as caught:
        order_from_payload(changed(where, value))
    assert caught.value.field.startswith(where.partition("[")[0])

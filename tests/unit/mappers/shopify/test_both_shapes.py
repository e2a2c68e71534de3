# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One order says the same by webhook and by API, in either currency."""

from dataclasses import replace

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import (
    order_from_payload,
    order_key,
)


def comparable(mapped):
    """Without what a webhook's body has not: transactions and barcodes."""
    lines = tuple(replace(line, barcode="") for line in mapped.lines)
    return replace(mapped, payments=(), lines=lines)


@pytest.mark.parametrize("side", ["shop", "presentment"])
def test_both_shapes_are_the_same_order(pairs, side):
    for body, node in pairs:
        by_webhook = comparable(order_from_payload(body, side))
        assert by_webhook == comparable(order_from_payload(node, side))


@pytest.mark.parametrize("side", ["shop", "presentment"])
def test_lines_add_up_to_the_total(pairs, side):
    mapped = [order_from_payload(node, side) for _body, node in pairs]
    assert [order.lines_total for order in mapped] == [order.total for order in mapped]


def test_both_shapes_have_the_same_key(pairs):
    assert [order_key(body) for body, _node in pairs] == [
        order_key(node) for _body, node in pairs
    ]


def test_shop_has_sold_all_that_matters(pairs):
    """The other tests here prove little about a shop where nothing happens."""
    mapped = [order_from_payload(node) for _body, node in pairs]
    lines = [line for order in mapped for line in order.lines]
    assert {line.kind for line in lines} >= {"goods", "shipping", "tip"}
    assert any(line.discount for line in lines if line.kind == "shipping")
    assert any(line.cancelled for line in lines)
    assert any(line.fulfilled for line in lines)
    assert {order.taxes_included for order in mapped} == {True, False}
    kinds = {payment.kind for order in mapped for payment in order.payments}
    assert kinds >= {"authorisation", "capture", "refund"}


def test_listed_transactions_secure_what_the_status_says(pairs):
    for body, node in pairs:
        if body["financial_status"] not in ("paid", "authorized"):
            continue
        mapped = order_from_payload(node)
        secured = sum(
            payment.amount
            for payment in mapped.payments
            if payment.kind in ("authorisation", "capture")
        )
        assert secured >= mapped.total

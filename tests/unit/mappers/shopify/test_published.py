# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Shopify has published comes to the same by webhook and by poll."""

from dataclasses import replace
from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import order_from_payload
from tests.contract.samples import shopify_orders
from tests.contract.shopify_nodes import write_node

BODIES = [pytest.param(body, id=name) for name, body in shopify_orders()]


@pytest.mark.parametrize("body", BODIES)
def test_published_order_of_a_poll_has_its_total_to_the_cent(body):
    order = order_from_payload(write_node(body))
    assert order.total == order.lines_total == Decimal(body["total_price"])


@pytest.mark.parametrize("body", BODIES)
def test_published_order_is_the_same_by_webhook_and_by_poll(body):
    by_webhook, by_poll = map(order_from_payload, (body, write_node(body)))
    assert by_poll == replace(by_webhook, lines=by_poll.lines)
    for line, polled in zip(by_webhook.lines, by_poll.lines, strict=True):
        assert polled == replace(line, barcode=polled.barcode)

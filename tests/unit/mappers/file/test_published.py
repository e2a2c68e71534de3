# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What platforms have published survives the way through a file, to the cent."""

import json

import pytest

from odoo.addons.oms_channels.connectors.file.mapper import order_from_payload
from odoo.addons.oms_channels.connectors.shopify import mapper as shopify
from odoo.addons.oms_channels.connectors.woocommerce import mapper as woocommerce
from tests.contract.document import write_document
from tests.contract.samples import shopify_orders, woocommerce_orders

ORDERS = [
    pytest.param(mapper.order_from_payload(payload), id=name)
    for mapper, samples in (
        (shopify, shopify_orders()),
        (woocommerce, woocommerce_orders()),
    )
    for name, payload in samples
]


@pytest.mark.parametrize("order", ORDERS)
def test_order_in_a_file_is_the_same_to_the_cent(order):
    found = order_from_payload(json.loads(json.dumps(write_document(order))))
    assert (found.total, found.lines_total) == (order.total, order.lines_total)


@pytest.mark.parametrize("order", ORDERS)
def test_lines_in_a_file_are_the_same_to_the_cent(order):
    found = order_from_payload(json.loads(json.dumps(write_document(order))))
    wanted = [(row.external_id, row.net, row.tax) for row in order.lines]
    assert [(row.external_id, row.net, row.tax) for row in found.lines] == wanted

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.addons.oms_channels.connectors.shopify import mapper
from tests.contract.mapping import MappingContract
from tests.contract.samples import shopify_orders


class TestShopifyMapping(MappingContract):
    samples = shopify_orders()
    order_key = staticmethod(mapper.order_key)
    order_from_payload = staticmethod(mapper.order_from_payload)

    def get_total(self, payload):
        return Decimal(payload["total_price"])

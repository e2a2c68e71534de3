# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.addons.oms_channels.connectors.woocommerce import mapper
from tests.contract.mapping import MappingContract
from tests.contract.samples import woocommerce_orders
from tests.unit.mappers.woocommerce.builders import line, order, rate, refund, shipping

TAXED = order(
    prices_include_tax=True,
    line_items=[
        line(
            quantity=3,
            total_tax="4.00",
            taxes=[{"id": 75, "total": "3.9999"}],
            meta_data=[{"id": 1, "key": "Engraving", "value": "Zoë"}],
        )
    ],
    tax_lines=[rate()],
    shipping_lines=[shipping()],
    fee_lines=[{"id": 5, "name": "Loyalty", "total": "-2.00", "total_tax": "0.00"}],
    refunds=[{"id": 91, "total": "-10.00"}],
    oms_refunds=[refund()],
    gift_cards=[{"id": 3, "code": "C", "amount": "5.00"}],
    meta_data=[{"key": "gift_message", "value": "With love"}],
    total="22.00",
    total_tax="4.00",
    cart_tax="4.00",
)


class TestWoocommerceMapping(MappingContract):
    samples = [*woocommerce_orders(), ("everything", TAXED)]
    order_key = staticmethod(mapper.order_key)
    order_from_payload = staticmethod(mapper.order_from_payload)

    def get_total(self, payload):
        cards = payload.get("gift_cards", [])
        return Decimal(payload["total"]) + sum(Decimal(c["amount"]) for c in cards)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from odoo.addons.oms_core.tests.common import OmsCommon

from ..engine.documents import Address, ChannelOrder, Customer, Line, Payment, Tax

PLACED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


class ChannelCommon(OmsCommon):
    """Order documents in one call, and the importer that takes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = cls.env["oms.order.importer"]

    # === FACTORIES ===

    @classmethod
    def _line(cls, **values):
        line = Line("line-1", "Mug", Decimal(2), Decimal("10.00"), sku="TEST-MUG")
        return replace(line, **values)

    @classmethod
    def _tax(cls, amount, rate="0.06", title="State Tax"):
        return Tax(title, Decimal(rate), Decimal(amount))

    @classmethod
    def _document(cls, external_id="5001", **values):
        """An order document, paid, whose total is what its lines add up to."""
        address = Address("Ada Buyer", "", "1 Elm St", "", "Reno", "89501", "NV", "US")
        order = ChannelOrder(
            external_id=external_id,
            number=f"#{external_id}",
            version="2026-01-02T03:04:05Z",
            placed_at=PLACED,
            currency=cls.company.currency_id.name,
            total=Decimal(0),
            customer=Customer("customer-1", "Ada Buyer", "ada@example.com"),
            lines=(cls._line(),),
            ship_to=address,
            bill_to=address,
        )
        order = replace(order, **values)
        if "total" not in values:
            order = replace(order, total=order.lines_total)
        if "payments" not in values:
            payment = Payment("pay-1", "capture", order.total, PLACED)
            order = replace(order, payments=(payment,))
        return order

    def _import(self, *documents):
        """Import documents; the orders, an empty recordset for what was refused."""
        self.results = self.importer._import(self.channel, list(documents))
        return self.env["sale.order"].browse(
            [result.order_id for result in self.results if result.order_id]
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models


class SaleOrderLine(models.Model):
    """Deadlines of transfers follow what was promised."""

    _inherit = "sale.order.line"

    def _is_oms_goods(self):
        """Whether there is something to send."""
        return self.product_id.type == "consu" and not self.display_type

    def _prepare_procurement_values(self):
        """Override of `sale_stock`: the goods are wanted when they must leave."""
        values = super()._prepare_procurement_values()
        if deadline := self.order_id.oms_ship_by:
            margin = timedelta(days=self.company_id.security_lead)
            values |= {"date_deadline": deadline, "date_planned": deadline - margin}
        return values

    def _inverse_customer_lead(self):
        """Override of `sale_stock`: a promise stands, whatever the product says."""
        open_lines = self.filtered(lambda line: not line.order_id.oms_ship_by)
        return super(SaleOrderLine, open_lines)._inverse_customer_lead()

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_oms_portal_name(self):
        """The first line of the text, without our own reference in front of it."""
        self.ensure_one()
        name = (self.name or self.product_id.name or "").split("\n")[0]
        return name.removeprefix(f"[{self.product_id.default_code}]").strip()

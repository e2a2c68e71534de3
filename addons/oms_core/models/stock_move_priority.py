# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_new_picking_values(self):
        """Override of `stock`: a transfer hurries as much as its order."""
        values = super()._get_new_picking_values()
        orders = self.sale_line_id.order_id
        hurry = max((order.oms_priority or "0" for order in orders), default="0")
        if hurry == "0":
            return values
        return values | {"priority": orders._get_oms_picking_priority(hurry)}

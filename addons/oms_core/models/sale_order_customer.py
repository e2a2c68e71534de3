# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    """Between an order and the page of its customer."""

    _inherit = "sale.order"

    def action_oms_customer(self):
        """Open everything that this customer has with us, over all channels."""
        self.ensure_one()
        return self.partner_id.action_oms_customer()

    def action_oms_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.id,
            "views": [(False, "form")],
        }

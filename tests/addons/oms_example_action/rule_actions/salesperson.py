# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionSalesperson(models.AbstractModel):
    _name = "oms.order.action.salesperson"
    _inherit = "oms.order.action"
    _description = "Order Action: Salesperson"

    def _apply(self, action, orders):
        others = orders.filtered(lambda order: order.user_id != action.salesperson_id)
        others.user_id = action.salesperson_id
        return others

    def _describe(self, action):
        return self.env._("give to %s", action.salesperson_id.name or "…")

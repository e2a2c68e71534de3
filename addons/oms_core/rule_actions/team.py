# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionTeam(models.AbstractModel):
    _name = "oms.order.action.team"
    _inherit = "oms.order.action"
    _description = "Order Action: Sales Team"

    def _apply(self, action, orders):
        others = orders.filtered(lambda order: order.team_id != action.team_id)
        others.team_id = action.team_id
        return others

    def _describe(self, action):
        return self.env._("give to %s", action.team_id.name or "…")

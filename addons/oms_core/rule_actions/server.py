# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionServer(models.AbstractModel):
    """Whatever an administrator has written; ``records`` are the orders."""

    _name = "oms.order.action.server"
    _inherit = "oms.order.action"
    _description = "Order Action: Server Action"

    def _apply(self, action, orders):
        action.server_action_id.with_context(
            active_model=orders._name, active_ids=orders.ids, active_id=orders[:1].id
        ).run()
        return orders

    def _describe(self, action):
        return self.env._("run “%s”", action.server_action_id.name or "…")

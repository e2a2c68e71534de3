# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionPriority(models.AbstractModel):
    """Raised, never lowered: two rules leave the greater hurry."""

    _name = "oms.order.action.priority"
    _inherit = "oms.order.action"
    _description = "Order Action: Priority"

    def _apply(self, action, orders):
        lower = orders.filtered(
            lambda order: (order.oms_priority or "0") < (action.priority or "0")
        )
        lower.oms_priority = action.priority
        return lower

    def _describe(self, action):
        names = dict(action._fields["priority"]._description_selection(self.env))
        name = names.get(action.priority, "…")
        return self.env._("priority “%s”", name)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionHold(models.AbstractModel):
    """The order waits, with the rule's name as the reason for everybody to read."""

    _name = "oms.order.action.hold"
    _inherit = "oms.order.action"
    _description = "Order Action: Hold"

    def _apply(self, action, orders):
        holds = self.env["oms.hold"]._place(
            [
                {
                    "order": order,
                    "type": action.hold_type_id.code,
                    "reason": self._get_reason(action),
                    "data": {"rule": action.rule_id.id},
                }
                for order in orders
            ]
        )
        return holds.order_id

    def _get_reason(self, action):
        if not action.reason:
            return self.env._("rule “%s”", action.rule_id.name)
        return self.env._(
            "%(reason)s (rule “%(rule)s”)",
            reason=action.reason,
            rule=action.rule_id.name,
        )

    def _describe(self, action):
        return self.env._("hold for “%s”", action.hold_type_id.name or "…")

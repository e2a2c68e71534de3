# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsOrderActionActivity(models.AbstractModel):
    """Something to do, for a person, until a day."""

    _name = "oms.order.action.activity"
    _inherit = "oms.order.action"
    _description = "Order Action: Activity"

    def _apply(self, action, orders):
        model_id = self.env["ir.model"]._get_id("sale.order")
        user = action.activity_user_id or action.rule_id.user_id
        # A mail for each activity would be hundreds after one import; the activity
        # itself is in the person's list at once.
        quiet = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quiet.create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": order.id,
                    "activity_type_id": action.activity_type_id.id,
                    "summary": action.activity_summary or action.rule_id.name,
                    "user_id": user.id or self.env.uid,
                    "date_deadline": fields.Date.add(
                        fields.Date.context_today(action), days=action.activity_days
                    ),
                    "automated": True,
                }
                for order in orders
            ]
        )
        return orders

    def _describe(self, action):
        return self.env._(
            "“%(what)s” for %(who)s",
            what=action.activity_summary or action.activity_type_id.name or "…",
            who=(action.activity_user_id or action.rule_id.user_id).name or "…",
        )

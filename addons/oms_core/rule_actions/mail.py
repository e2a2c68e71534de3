# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionMail(models.AbstractModel):
    """Queued with the order, and sent when both are safe in the database."""

    _name = "oms.order.action.mail"
    _inherit = "oms.order.action"
    _description = "Order Action: Mail"

    def _apply(self, action, orders):
        action.mail_template_id.send_mail_batch(orders.ids)
        return orders

    def _describe(self, action):
        return self.env._("send “%s”", action.mail_template_id.name or "…")

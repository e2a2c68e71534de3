# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models


class OmsOrderActionTag(models.AbstractModel):
    _name = "oms.order.action.tag"
    _inherit = "oms.order.action"
    _description = "Order Action: Tags"

    def _apply(self, action, orders):
        lacking = orders.filtered(lambda order: action.tag_ids - order.tag_ids)
        lacking.write({"tag_ids": [Command.link(tag.id) for tag in action.tag_ids]})
        return lacking

    def _describe(self, action):
        return self.env._("tag %s", ", ".join(action.tag_ids.mapped("name")) or "…")

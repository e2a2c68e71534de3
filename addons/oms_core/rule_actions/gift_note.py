# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionGiftNote(models.AbstractModel):
    """What the buyer has written to the receiver stays."""

    _name = "oms.order.action.gift_note"
    _inherit = "oms.order.action"
    _description = "Order Action: Gift Note"

    def _apply(self, action, orders):
        without = orders.filtered(lambda order: not order.oms_gift_note)
        without.oms_gift_note = action.note
        return without

    def _describe(self, action):
        return self.env._("gift note “%s”", action.note or "…")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsHoldRelease(models.TransientModel):
    """Asks why a hold is released."""

    _name = "oms.hold.release"
    _description = "Release Hold"

    hold_ids = fields.Many2many("oms.hold", required=True)
    reason = fields.Char(required=True)

    def action_release(self):
        self.hold_ids._release(self.reason)
        return {"type": "ir.actions.act_window_close"}

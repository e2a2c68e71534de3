# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsHoldPlace(models.TransientModel):
    """Asks why orders are put on hold; one or many."""

    _name = "oms.hold.place"
    _description = "Put on Hold"

    order_ids = fields.Many2many("sale.order", required=True)
    order_count = fields.Integer(compute="_compute_order_count")
    type_id = fields.Many2one(
        "oms.hold.type",
        required=True,
        default=lambda self: self.env.ref(
            "oms_core.hold_type_manual", raise_if_not_found=False
        ),
    )
    description = fields.Text(related="type_id.description")
    blocks = fields.Char(compute="_compute_blocks")
    reason = fields.Char(required=True)

    # === COMPUTE ===

    @api.depends("order_ids")
    def _compute_order_count(self):
        for wizard in self:
            wizard.order_count = len(wizard.order_ids)

    @api.depends("type_id")
    def _compute_blocks(self):
        for wizard in self:
            wizard.blocks = wizard.type_id._get_blocked_names()

    # === ACTIONS ===

    def action_hold(self):
        self.ensure_one()
        holds = self._place_holds()
        return self._prepare_notification(len(holds))

    # === BUSINESS ===

    def _place_holds(self):
        return self.env["oms.hold"]._place(
            [
                {"order": order, "type": self.type_id.code, "reason": self.reason}
                for order in self.order_ids
            ]
        )

    def _prepare_notification(self, placed):
        known = len(self.order_ids) - placed
        message = self.env._(
            "%(count)s put on hold (%(type)s).", count=placed, type=self.type_id.name
        )
        if known:
            message += " " + self.env._(
                "%(count)s had such a hold already.", count=known
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if placed else "warning",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

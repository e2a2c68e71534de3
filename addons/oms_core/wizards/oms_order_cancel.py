# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models


class OmsOrderCancel(models.TransientModel):
    """Asks what of an order is cancelled, and why."""

    _name = "oms.order.cancel"
    _description = "Cancel Quantities of an Order"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    reason_id = fields.Many2one("oms.cancel.reason", required=True)
    note = fields.Char(help="What else is to be said; it is in the history.")
    open_money = fields.Monetary(
        "Paid by the Buyer",
        compute="_compute_open_money",
        help="Taken by the channel and not given back: it stays open until refunded.",
    )
    line_ids = fields.One2many(
        "oms.order.cancel.line",
        "cancel_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    # === COMPUTE ===

    @api.depends("order_id")
    def _compute_open_money(self):
        money = self.order_id._oms_get_open_money()
        for cancel in self:
            cancel.open_money = money.get(cancel.order_id, 0.0)

    @api.depends("order_id")
    def _compute_line_ids(self):
        for cancel in self:
            lines = cancel.order_id.order_line.filtered(
                lambda line: line.product_id and line._oms_get_left() > 0
            )
            cancel.line_ids = [
                Command.clear(),
                *(
                    Command.create({"line_id": line.id, "left": line._oms_get_left()})
                    for line in lines
                ),
            ]

    # === ACTIONS ===

    def action_cancel(self):
        self.ensure_one()
        self.order_id._oms_cancel_quantities(
            {line.line_id: line.quantity for line in self.line_ids if line.quantity},
            self.note,
            self.reason_id,
        )
        return {"type": "ir.actions.act_window_close"}

    def action_fill(self):
        """All that is left."""
        for left, lines in self.line_ids.grouped("left").items():
            lines.quantity = left
        return self.order_id.action_oms_cancel_quantities() | {
            "res_id": self.id,
            "context": {},
        }


class OmsOrderCancelLine(models.TransientModel):
    """One line of the order, and how much of it is cancelled."""

    _name = "oms.order.cancel.line"
    _description = "Line to Cancel"

    cancel_id = fields.Many2one("oms.order.cancel", required=True, ondelete="cascade")
    line_id = fields.Many2one("sale.order.line", required=True, ondelete="cascade")
    product_id = fields.Many2one(related="line_id.product_id")
    ordered = fields.Float(related="line_id.product_uom_qty", string="Ordered")
    left = fields.Float("Not Shipped", readonly=True, digits="Product Unit")
    quantity = fields.Float("To Cancel", digits="Product Unit")

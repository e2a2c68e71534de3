# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models


class OmsOrderSplit(models.TransientModel):
    """Asks what leaves in a second parcel, and from where."""

    _name = "oms.order.split"
    _description = "Split an Order"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    company_id = fields.Many2one(related="order_id.company_id")
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        "From",
        check_company=True,
        help="The place that ships the second parcel. Empty: the same.",
    )
    line_ids = fields.One2many(
        "oms.order.split.line",
        "split_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    # === COMPUTE ===

    @api.depends("order_id")
    def _compute_line_ids(self):
        for split in self:
            moves = split.order_id._oms_get_open_parcels().move_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            )
            split.line_ids = [
                Command.clear(),
                *(Command.create({"move_id": move.id}) for move in moves),
            ]

    # === ACTIONS ===

    def action_split(self):
        self.ensure_one()
        self.order_id._oms_split(
            {line.move_id: line.quantity for line in self.line_ids if line.quantity},
            self.warehouse_id,
        )
        return {"type": "ir.actions.act_window_close"}


class OmsOrderSplitLine(models.TransientModel):
    """One product of a transfer, and how much of it goes apart."""

    _name = "oms.order.split.line"
    _description = "Line of a Split"

    split_id = fields.Many2one("oms.order.split", required=True, ondelete="cascade")
    move_id = fields.Many2one("stock.move", required=True, ondelete="cascade")
    picking_id = fields.Many2one(related="move_id.picking_id")
    product_id = fields.Many2one(related="move_id.product_id")
    demand = fields.Float(related="move_id.product_uom_qty", string="In Transfer")
    quantity = fields.Float("Split Off", digits="Product Unit")

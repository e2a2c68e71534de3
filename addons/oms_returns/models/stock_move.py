# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    oms_return_line_id = fields.Many2one(
        "oms.return.line",
        string="Return Line",
        copy=False,
        readonly=True,
        index="btree_not_null",
    )

    def _prepare_move_split_vals(self, qty):
        """Override of `stock`: what is still to come belongs to the same line."""
        values = super()._prepare_move_split_vals(qty)
        return values | {"oms_return_line_id": self.oms_return_line_id.id}

    def _get_oms_returnable(self):
        """What of this delivery is still with the buyer, in the move's unit."""
        self.ensure_one()
        back = self.returned_move_ids.filtered(lambda move: move.state != "cancel")
        taken = sum(
            move.product_uom._compute_quantity(
                move.quantity if move.state == "done" else move.product_uom_qty,
                self.product_uom,
                rounding_method="HALF-UP",
            )
            for move in back
        )
        return self.quantity - taken

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models


class StockMoveLine(models.Model):
    """What a scanner writes of a held order is refused like a button."""

    _inherit = "stock.move.line"

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `stock` to refuse what a hold blocks."""
        for operation, given in (("allocate", "quantity"), ("pick", "picked")):
            self._oms_get_moves(
                [vals for vals in vals_list if vals.get(given)]
            )._oms_check_operation(operation)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `stock` to refuse what a hold blocks."""
        open_lines = self
        if {"picked", "quantity", "result_package_id"} & vals.keys():
            open_lines = self.filtered(
                lambda line: line.state not in ("done", "cancel")
            )
        if vals.get("picked") or vals.get("result_package_id"):
            open_lines.filtered(
                lambda line: not line.picked
            ).move_id._oms_check_operation("pick")
        if "quantity" in vals:
            open_lines.filtered(
                lambda line: line.quantity < vals["quantity"]
            ).move_id._oms_check_operation("allocate")
        return super().write(vals)

    # === CHECK ===

    @api.model
    def _oms_get_moves(self, vals_list):
        """The moves that new lines are for, or those of the transfer they go into."""
        moves = self.env["stock.move"].browse(
            vals["move_id"] for vals in vals_list if vals.get("move_id")
        )
        transfers = self.env["stock.picking"].browse(
            vals["picking_id"]
            for vals in vals_list
            if vals.get("picking_id") and not vals.get("move_id")
        )
        return moves | transfers._oms_get_open_moves()

    # === BUSINESS ===

    def _oms_unreserve_together(self):
        """Free what these lines have reserved, place by place and not line by line."""
        quantities = defaultdict(float)
        for line in self:
            if not line.picked and not line.move_id._should_bypass_reservation(
                line.location_id
            ):
                quantities[
                    line.product_id,
                    line.location_id,
                    line.lot_id,
                    line.package_id,
                    line.owner_id,
                ] += line.quantity_product_uom
        # In a fixed order: of two that do this at once, none waits for the other
        # while the other waits for it.
        for place, quantity in sorted(
            quantities.items(), key=lambda item: [part.id for part in item[0]]
        ):
            product, location, lot, package, owner = place
            self.env["stock.quant"]._update_reserved_quantity(
                product,
                location,
                -quantity,
                lot_id=lot,
                package_id=package,
                owner_id=owner,
                strict=True,
            )

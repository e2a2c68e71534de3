# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _is_oms_plain(self, product):
        """From stock to the customer in one step, and nobody has begun with it."""
        self.ensure_one()
        return (
            self.product_id == product
            and self.procure_method == "make_to_stock"
            and not self.move_orig_ids
            and not self.move_dest_ids
            and not self.picked
            and not self.picking_id.printed
            and self._is_oms_outgoing()
        )

    def _count_oms_kits(self, line):
        """How many kits of a line are complete with these moves of its parts."""
        # Incoming as the buyer sees it.
        filters = {
            "incoming_moves": lambda move: move.location_dest_usage == "customer",
            "outgoing_moves": lambda move: move.location_usage == "customer",
        }
        bom = self.bom_line_id.bom_id.filtered(lambda b: b.type == "phantom")[:1]
        if not bom:
            return Decimal(0)
        kits = self._compute_kit_quantities(
            line.product_id, line.product_uom_qty, bom, filters
        )
        return Decimal(str(kits))

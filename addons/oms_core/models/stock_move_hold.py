# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.mark import STOCK_IS_KNOWN
from ..tools.unheld import unheld


class StockMove(models.Model):
    """Goods of a held order: here every way through the warehouse comes by.

    Buttons, batch transfers, barcode scanners, the scheduler and programs all end
    in these methods.
    """

    _inherit = "stock.move"

    # === CHECK ===

    def _oms_get_held(self, operation):
        """Moves that bring goods to the buyer of an order held for an operation."""
        # A picker need not be allowed to read orders for their holds to count.
        orders = self.sudo().sale_line_id.order_id  # see above
        held = orders._oms_get_held(operation)
        if not held:
            return self.browse()
        return self.filtered(
            lambda move: (
                move.sudo().sale_line_id.order_id in held  # see above
                and move._is_oms_outgoing()
            )
        )

    def _oms_check_operation(self, operation):
        """Refuse what a hold of their orders blocks, see the order's own check."""
        held = self._oms_get_held(operation)
        held.sudo().sale_line_id.order_id._oms_check_operation(operation)  # names only

    def _oms_check_leave(self):
        """Refuse to let goods go that are held: to the buyer, or within the house."""
        leaving = self.filtered(lambda move: move.location_dest_usage == "customer")
        leaving._oms_check_operation("ship")
        (self - leaving)._oms_check_operation("pick")

    # === CRUD ===

    def write(self, vals):
        """Override of `stock` to refuse what a hold blocks."""
        if vals.get("picked"):
            self.filtered(
                lambda move: not move.picked and move.state not in ("done", "cancel")
            )._oms_check_operation("pick")
        if vals.get("state") == "done":
            self._oms_check_leave()
        elif vals.get("state") == "cancel":
            self._oms_check_operation("cancel")
        return super().write(vals)

    # === BUSINESS ===

    def _action_assign(self, force_qty=False):
        """Override of `stock`: goods of an order held for allocation stay free."""
        free = self - self._oms_get_held("allocate")
        return super(StockMove, free)._action_assign(force_qty=force_qty)

    def _action_done(self, cancel_backorder=False):
        """Override of `stock` to let nothing go that is held."""
        self.filtered(
            lambda move: move.state not in ("done", "cancel")
        )._oms_check_leave()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _merge_moves(self, merge_into=False):
        """Override of `stock`: a move that is merged away is not cancelled."""
        merged = super(StockMove, unheld(self))._merge_moves(merge_into=merge_into)
        return merged.with_env(self.env)

    def _create_analytic_move(self):
        """Override of `stock_account` to read all moves at once.

        The lines by which they were found are gone by now, and with them the
        knowledge that the moves belong together.
        """
        return super(StockMove, self.with_prefetch())._create_analytic_move()

    def _oms_give_back(self):
        """Reserve no more what these moves of held orders have reserved.

        What a picker has taken, or was told to take, stays: it is not on the shelf.

        :return: the moves that gave something back
        """
        reserved = self.filtered(
            lambda move: (
                move.state in ("assigned", "partially_available")
                and not move.picked
                and not move.picking_id.printed
                and not any(origin.state == "done" for origin in move.move_orig_ids)
                and move._is_oms_outgoing()
            )
        )
        reserved.move_line_ids._oms_unreserve_together()
        # The quants are written: each line need not look for its own.
        STOCK_IS_KNOWN.put(reserved)._do_unreserve()
        return reserved

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models

from odoo.addons.oms_core.tools.mark import STOCK_IS_KNOWN
from odoo.addons.oms_core.tools.unheld import unheld


class SaleOrderLine(models.Model):
    """Transfers of many lines, made larger and smaller at once."""

    _inherit = "sale.order.line"

    def _resize_oms_moves(self, previous):
        """Give the open moves of these lines the quantity that the lines have now.

        Odoo's way is a move of the difference for each line, merged into the old
        one. The plain case, goods from stock that go out in one step, needs no
        second move; every other case is left to Odoo.

        :param dict previous: line id -> quantity before
        """
        wanted = {}
        # Read for all what is asked for one line after the other.
        self.move_ids.mapped("move_orig_ids.id")
        self.move_ids.mapped("move_dest_ids.id")
        for line in self.filtered(lambda ln: ln.id in previous):
            delta = line.product_uom_qty - previous[line.id]
            if line.product_uom_id.compare(delta, 0.0):
                wanted |= line._plan_oms_moves(delta)
        if not wanted:
            return
        moves = self.env["stock.move"].union(*wanted)
        gone = moves.filtered(lambda m: m.product_uom.compare(wanted[m], 0.0) <= 0)
        unheld(gone)._action_cancel()  # an order that shrinks is not cancelled
        # Reserved anew as a whole, so that many are served from one look at stock.
        rest = moves - gone
        rest.move_line_ids._oms_unreserve_together()
        # The quants are written: each line need not look for its own.
        STOCK_IS_KNOWN.put(rest)._do_unreserve()
        groups = defaultdict(lambda: self.env["stock.move"])
        for move in rest:
            groups[wanted[move]] |= move
        for quantity, same in groups.items():
            same.write({"product_uom_qty": quantity})
        rest._action_assign()

    def _plan_oms_moves(self, delta):
        """:return: {open move: its new quantity}, empty if this is no plain case"""
        self.ensure_one()
        moves = self.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
        if not moves or not all(m._is_oms_plain(self.product_id) for m in moves):
            return {}
        unit = moves[0].product_uom
        left = self.product_uom_id._compute_quantity(
            delta, unit, rounding_method="HALF-UP"
        )
        if left > 0:
            # What is shared between places stays shared as routing has decided.
            return (
                {} if self.oms_sourcing else {moves[0]: moves[0].product_uom_qty + left}
            )
        plan = {}
        for move in moves.sorted("id", reverse=True):
            taken = min(-left, move.product_uom_qty)
            if taken > 0:
                plan[move] = move.product_uom_qty - taken
                left += taken
        return {} if unit.compare(left, 0.0) < 0 else plan

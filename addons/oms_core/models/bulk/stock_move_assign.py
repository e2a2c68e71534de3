# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ...engine.reservation import Demand, Shelf
from ...tools.mark import STOCK_IS_KNOWN
from .batch import get_batch, with_batch


class StockMove(models.Model):
    """Reservation of many moves at once, for the plain case."""

    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        """Override of `stock` to distribute the goods of many moves in memory.

        What is no plain case is left to Odoo's own method, which sees all moves
        and finds the plain ones done.
        """
        moves, batch = with_batch(self)
        if batch is None or force_qty:
            return super()._action_assign(force_qty=force_qty)
        if self.env["stock.quant"]._oms_is_choice_known():
            moves.filtered(lambda m: m._oms_is_plain_demand())._oms_reserve(batch)
        return super(StockMove, moves)._action_assign(force_qty=force_qty)

    def _update_reserved_quantity(
        self,
        need,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        """Override of `stock`: a move that got its share gets no more."""
        batch = get_batch(self)
        if batch is not None and self.id in batch.reserved_moves:
            return 0.0
        return super()._update_reserved_quantity(
            need,
            location_id,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
        )

    # === THE PLAIN CASE ===

    def _oms_is_plain_demand(self):
        """Taken from stock by quantity alone; to be reserved from nothing."""
        self.ensure_one()
        product, goal = self.product_id, self.location_dest_id
        return (
            self.state in ("confirmed", "waiting", "partially_available")
            and not self.picked
            and self.procure_method == "make_to_stock"
            and product.tracking == "none"
            and product.categ_id.packaging_reserve_method != "full"
            and not self.move_orig_ids
            and not self.move_line_ids
            and not (self.production_id or self.raw_material_production_id)
            and self.product_uom.compare(self.product_uom_qty, 0.0) > 0
            and goal.usage != "view"
            and not goal.putaway_rule_ids
            and not self._should_bypass_reservation()
        )

    def _oms_reserve(self, batch):
        """Read all goods once, distribute them in turn, write everything once."""
        if not self:
            return
        quants = self.env["stock.quant"].sudo()  # as `_get_reserve_quantity` does
        shelves = quants._oms_read_shelves(self.product_id, self.location_id)
        groups = self.grouped(lambda move: (move.product_id.id, move.location_id.id))
        lines, states, reserved = [], {}, {}
        for key, moves in groups.items():
            found = shelves[key]
            # Goods that two demands reach from different locations are no plain
            # case either: Odoo serves the second.
            if found is None or found & quants:
                continue
            shelf = Shelf(found._oms_get_rows(), moves.product_id.uom_id.compare)
            shares = shelf.serve([move._oms_get_demand() for move in moves])
            reserved |= shelf.changes
            quants |= found
            for move in moves:
                batch.reserved_moves.add(move.id)
                lines += move._oms_prepare_lines(shares[move.id])
                states[move.id] = move._oms_get_state(shares[move.id])
        self._oms_write_reservation(quants, reserved, lines, states)

    def _oms_get_demand(self):
        product_uom = self.product_id.uom_id
        need = self.product_uom._compute_quantity(
            self.product_uom_qty, product_uom, rounding_method="HALF-UP"
        )
        if product_uom == self.product_uom:
            return Demand(self.id, need)
        return Demand(self.id, need, self._oms_fit_uom)

    def _oms_fit_uom(self, quantity):
        """Not more than what whole units of the move's own measure can carry."""
        product_uom = self.product_id.uom_id
        whole = product_uom._compute_quantity(
            quantity, self.product_uom, rounding_method="DOWN"
        )
        return self.product_uom._compute_quantity(
            whole, product_uom, rounding_method="HALF-UP"
        )

    def _oms_prepare_lines(self, shares):
        quants = self.env["stock.quant"]
        return [
            self._prepare_move_line_vals(
                quantity=share.quantity, reserved_quant=quants.browse(share.row)
            )
            for share in shares
        ]

    def _oms_get_state(self, shares):
        if not shares:
            return self.state
        demand = self._oms_get_demand().quantity
        taken = sum(share.quantity for share in shares)
        missing = self.product_id.uom_id.compare(demand, taken)
        return "partially_available" if missing else "assigned"

    def _oms_write_reservation(self, quants, reserved, lines, states):
        quants._oms_write_reserved(reserved)
        # The lines need not touch quants or states: both are known.
        STOCK_IS_KNOWN.put(
            self.env["stock.move.line"].with_context(preserve_state=True)
        ).create(lines)
        for state in ("partially_available", "assigned"):
            self.filtered(lambda move, state=state: states.get(move.id) == state).write(
                {"state": state}
            )

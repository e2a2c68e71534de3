# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter, defaultdict

from odoo import models

from .batch import get_batch, with_batch
from .company_check import get_unchecked_links


class StockMove(models.Model):
    _inherit = "stock.move"

    # === CONFIRMATION ===

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        """Override of `stock` to give all moves their pickings in one go."""
        moves, batch = with_batch(self)
        if batch is None:
            return super()._action_confirm(
                merge=merge, merge_into=merge_into, create_proc=create_proc
            )
        # Kits become their components here, so that all that will need a picking
        # is known before the first one asks for it.
        moves = moves.action_explode()
        batch.waiting.append(set(moves.ids))
        try:
            confirmed = super(StockMove, moves)._action_confirm(
                merge=merge, merge_into=merge_into, create_proc=create_proc
            )
        finally:
            batch.waiting.pop()
        return confirmed.with_env(self.env)

    def action_explode(self):
        """Override of `mrp` to look for the kits among all products at once."""
        if get_batch(self) is not None:
            for company, moves in self.grouped("company_id").items():
                self.env["mrp.bom"].sudo()._bom_find(  # as `mrp` does for each move
                    moves.product_id, company_id=company.id, bom_type="phantom"
                )
        return super().action_explode()

    def _assign_picking(self):
        """Override of `stock` to make the pickings of all orders in one go.

        Odoo asks order by order; the first one asks for all.
        """
        batch = get_batch(self)
        if batch is None:
            return super()._assign_picking()
        waiting = batch.waiting[-1] if batch.waiting else set()
        todo = self | self.browse(waiting).filtered(
            lambda move: move.state != "cancel" and move._should_be_assigned()
        )
        waiting.clear()
        # Odoo comes back for each order; its moves are done then.
        todo = todo.filtered(
            lambda move: not (move.picking_id and move.id in batch.placed_moves)
        ).sorted("id")
        if not todo:
            return True
        batch.placed_moves.update(todo.ids)
        new, other = todo._oms_split_new_pickings(batch)
        self._oms_create_pickings(new)
        if other:
            super(StockMove, self.concat(*other))._assign_picking()
        for move in todo:
            for reference in move.reference_ids:
                batch.pickings_of_reference[reference.id].add(move.picking_id.id)
        return True

    def _oms_split_new_pickings(self, batch):
        """Groups of moves that surely need a picking of their own, and the others.

        No picking can exist for a reference that was made in this call, unless
        this call made one.
        """
        groups = defaultdict(list)
        for move in self:
            groups[move._key_assign_picking()].append(move.id)
        groups = [self.browse(ids) for ids in groups.values()]
        signature = {moves: moves[0]._oms_get_picking_lookup() for moves in groups}
        lookups = Counter(signature.values())
        new, other = [], []
        for moves in groups:
            references = moves[0].reference_ids.ids
            is_new = (
                references
                and batch.new_references.issuperset(references)
                and not any(map(batch.pickings_of_reference.get, references))
                and lookups[signature[moves]] == 1
                and all(
                    m.product_uom.compare(m.product_uom_qty, 0.0) >= 0 for m in moves
                )
            )
            (new if is_new else other).append(moves)
        return new, other

    def _oms_get_picking_lookup(self):
        """What a search for an open picking compares."""
        return (
            tuple(self.reference_ids.ids),
            self.location_id.id,
            self.location_dest_id.id,
            self.picking_type_id.id,
        )

    def _oms_create_pickings(self, groups):
        # Odoo follows each move to the invoices of its line: read them in one go.
        self.concat(*groups).sale_line_id.mapped("invoice_lines")
        pickings = self.env["stock.picking"].create(
            [moves._get_new_picking_values() for moves in groups]
        )
        for moves, picking in zip(groups, pickings, strict=True):
            moves.write({"picking_id": picking.id})
            moves._assign_picking_post_process(new=True)

    def _merge_moves(self, merge_into=False):
        """Override of `stock`: a picking without a product twice has nothing to merge.

        Comparing its moves would render a description of each.
        """
        if get_batch(self) is None or merge_into:
            return super()._merge_moves(merge_into=merge_into)
        repeated = self.browse()
        for picking, moves in self.grouped("picking_id").items():
            products = Counter(move.product_id.id for move in picking.move_ids)
            if (
                not picking
                or any(count > 1 for count in products.values())
                or any(m.product_uom.compare(m.product_qty, 0.0) < 0 for m in moves)
                or moves.move_dest_ids
                or (
                    "production_id" in moves._fields
                    and (moves.production_id or moves.raw_material_production_id)
                )
            ):
                repeated |= moves
        if not repeated:
            return self
        merged = super(StockMove, repeated)._merge_moves()
        gone = repeated - merged
        return self.filtered(lambda move: move not in gone) | merged

    # === REPLENISHMENT ===

    def _trigger_scheduler(self):
        """Override of `stock` to ask at once which products are replenished."""
        batch = get_batch(self)
        if batch is None:
            return super()._trigger_scheduler()
        return super(
            StockMove, self._oms_filter_replenished(batch)
        )._trigger_scheduler()

    def _update_orderpoints(self):
        """Override of `stock` to ask at once which products are replenished."""
        batch = get_batch(self)
        if batch is None:
            return super()._update_orderpoints()
        return super(
            StockMove, self._oms_filter_replenished(batch)
        )._update_orderpoints()

    def _oms_filter_replenished(self, batch):
        """The moves whose product has an orderpoint anywhere."""
        new = set(self.product_id.ids) - batch.searched_products
        if new:
            # An orderpoint that the user may not see is recomputed all the same.
            groups = (
                self.env["stock.warehouse.orderpoint"]
                .sudo()
                ._read_group([("product_id", "in", list(new))], ["product_id"])
            )
            batch.searched_products |= new
            batch.orderpoint_products.update(product.id for (product,) in groups)
        return self.filtered(
            lambda move: move.product_id.id in batch.orderpoint_products
        )

    def _check_company(self, fnames=None):
        """Override of the ORM to leave to it what is no plain link."""
        result = None
        for records, names in get_unchecked_links(self, fnames):
            result = super(StockMove, records)._check_company(names)
        return result

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import Command, models
from odoo.exceptions import UserError


class OmsReturnLine(models.Model):
    """The moves of one line; kits come back as their components."""

    _inherit = "oms.return.line"

    def _get_moves_to_return(self):
        """Which delivered goods each line takes back.

        :return: list of (line, delivery move, quantity in the move's unit)
        """
        # Read at once what is looked at line by line below.
        delivered = self.sale_line_id.move_ids.with_prefetch()
        delivered.fetch(["picking_id", "product_id", "returned_move_ids"])
        wanted = []
        free = {}
        for line in self:
            for product, needed in line._get_goods(line.quantity).items():
                for move in line._get_delivery_moves(product):
                    left = free.setdefault(move, move._get_oms_returnable())
                    taken = min(needed, left)
                    if move.product_uom.is_zero(taken) or taken < 0:
                        continue
                    free[move] -= taken
                    needed -= taken
                    wanted.append((line, move, taken))
                line._check_goods_found(product, needed)
        return wanted

    def _check_goods_found(self, product, missing):
        if product.uom_id.compare(missing, 0.0) > 0:
            raise UserError(
                self.env._(
                    "%(order)s: %(missing)g %(unit)s of %(product)s less were "
                    "delivered than this return asks for. Lower the quantity.",
                    order=self.order_id.name,
                    missing=missing,
                    unit=product.uom_id.name,
                    product=product.display_name,
                )
            )

    def _get_delivery_moves(self, product=None):
        return self.sale_line_id.move_ids.filtered(
            lambda move: (
                move.state == "done"
                and move.location_dest_id.usage == "customer"
                and (not product or move.product_id == product)
            )
        ).sorted("id")

    def _get_goods(self, quantity):
        """The goods that a quantity of the line consists of: {product: quantity}.

        In the products' own units; a kit's are its components as they were sold.
        """
        self.ensure_one()
        quantity = self.product_uom_id._compute_quantity(
            quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )
        parts = self._get_kit_parts()
        if not parts:
            return {self.product_id: quantity}
        return {part: quantity * per_kit for part, per_kit in parts.items()}

    def _get_kit_parts(self):
        """Components per kit, {product: quantity}; nothing if it is no kit."""
        boms = self._get_delivery_moves().bom_line_id.bom_id.sudo()  # of what was sold
        kit = boms.filtered(
            lambda bom: (
                bom.type == "phantom"
                and (
                    bom.product_id == self.product_id
                    or (
                        not bom.product_id
                        and bom.product_tmpl_id == self.product_id.product_tmpl_id
                    )
                )
            )
        )[:1]
        if not kit:
            return {}
        parts = self.sale_line_id.sudo()._get_bom_component_qty(kit)  # see above
        return {
            self.env["product.product"].browse(product_id): part["qty"]
            for product_id, part in parts.items()
        }

    def _read_received_quantities(self):
        """Take over from the receipts how much arrived."""
        for line in self:
            line.quantity_received = line._get_quantity_of_moves(
                line._get_received_moves()
            )

    def _get_quantity_of_moves(self, moves):
        """How many of the line's units these moves make; only whole kits count."""
        if not moves:
            return 0.0
        received = defaultdict(float)
        for move in moves:
            received[move.product_id] += move.product_uom._compute_quantity(
                move.quantity, move.product_id.uom_id, rounding_method="HALF-UP"
            )
        goods = self._get_goods(1.0)
        units = min(received[part] / needed for part, needed in goods.items() if needed)
        if set(goods) == {self.product_id}:
            return self.product_uom_id.round(units)
        return self.product_uom_id.round(units) // 1

    # === MOVES ===

    def _prepare_return_move_values(self, move, quantity, picking):
        """Values of the move that takes a delivered one back.

        Odoo's own return wizard prepares them, with whatever addons add there.
        """
        wizard = self.env["stock.return.picking"].new({"picking_id": picking.id})
        wizard_line = self.env["stock.return.picking.line"].new(
            {
                "wizard_id": wizard,
                "move_id": move.id,
                "product_id": move.product_id.id,
                "uom_id": move.product_uom.id,
                "quantity": quantity,
                "to_refund": True,
            }
        )
        values = wizard_line._prepare_move_default_values(picking)
        return move.copy_data(values)[0] | {
            "sale_line_id": self.sale_line_id.id,
            "oms_return_line_id": self.id,
            "move_orig_ids": [Command.link(move.id)],
            "reference_ids": [Command.set(move.picking_id.reference_ids.ids)],
        }

    def _fill_in_receipts(self):
        """Enter what arrived on the moves that expect it; a surplus on the last."""
        for line in self:
            goods = line._get_goods(line.quantity_received)
            for move in line._get_received_moves():  # in an earlier part
                goods[move.product_id] -= move.product_qty
            moves = line.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
            last = {move.product_id: move for move in moves}
            for move in moves:
                left = goods.get(move.product_id, 0.0)
                is_last = move == last[move.product_id]
                taken = max(left if is_last else min(left, move.product_qty), 0.0)
                goods[move.product_id] = left - taken
                move.quantity = move.product_id.uom_id._compute_quantity(
                    taken, move.product_uom, rounding_method="HALF-UP"
                )
            moves.picked = True

    # === DISPOSITIONS ===

    def _apply_dispositions(self):
        """Send received goods where their disposition says, each kind in one go."""
        received = self.filtered("quantity_received")
        for code, lines in received.grouped("disposition").items():
            self.env[f"oms.disposition.{code}"]._apply(lines)
        received._record_dispositions()

    def _record_dispositions(self):
        labels = dict(self._fields["disposition"]._description_selection(self.env))
        self.env["oms.event"]._record(
            [
                {
                    "order": line.order_id,
                    "kind": "return",
                    "sentence": f"{labels[line.disposition]}: "
                    f"{line._get_goods_sentence()}.",
                    "document": line.return_id,
                }
                for line in self
            ]
        )

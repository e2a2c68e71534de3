# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# Set while a move passes "picked" on to its lines: the move has told already.
TOLD = "oms_picking_is_told"


class StockMove(models.Model):
    """Reservation and picking, as the history of orders tells them."""

    _inherit = "stock.move"

    # === RESERVATION ===

    def _action_assign(self, force_qty=False):
        """Override of `stock` to note which orders got goods, in one go."""
        sold = self.filtered(lambda m: m.sale_line_id and not m.move_orig_ids)
        before = {move.id: move.quantity for move in sold}
        result = super()._action_assign(force_qty=force_qty)
        gained = sold.exists().filtered(lambda m: m.quantity > before[m.id])
        gained._record_oms_reservation()
        return result

    def _record_oms_reservation(self):
        if not self:
            return
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "reserve",
                    "sentence": moves._get_oms_reservation_sentence(),
                }
                for order, moves in self.grouped(
                    lambda move: move.sale_line_id.order_id
                ).items()
            ]
        )

    def _get_oms_reservation_sentence(self):
        place = ", ".join(self.picking_type_id.warehouse_id.mapped("name"))
        taken = sum(move._get_oms_units(move.quantity) for move in self)
        if all(move.state == "assigned" for move in self):
            return self.env._(
                "Reserved at %(place)s: %(units)g units.", place=place, units=taken
            )
        return self.env._(
            "Reserved in part at %(place)s: %(taken)g of %(wanted)g units.",
            place=place,
            taken=taken,
            wanted=sum(self.mapped("product_qty")),
        )

    def _get_oms_units(self, quantity):
        """A quantity of this move in the product's own measure."""
        return self.product_uom._compute_quantity(
            quantity, self.product_id.uom_id, round=False
        )

    # === PICKING ===

    def write(self, vals):
        """Override of `stock` to note who has picked what."""
        if not vals.get("picked") or self.env.context.get(TOLD):
            return super().write(vals)
        fresh = self.filtered(lambda m: not m.picked and m.state != "done")
        result = super(StockMove, self.with_context(**{TOLD: True})).write(vals)
        fresh.move_line_ids._record_oms_picking()
        return result

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..engine.documents import Shipment


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Override of `stock`: where goods had left before their shop wanted them to
        stay, and are back, nothing stands in the way of what the shop wants."""
        result = super()._action_done()
        back = self.filtered(
            lambda p: p.picking_type_code == "incoming" and p.state == "done"
        )
        # Whoever receives goods need not see the orders' holds.
        asking = back.sale_id.sudo()._get_oms_asking_holds().order_id  # see above
        if asking:
            asking.with_delay(
                description="OMS: changes of the shop, now that goods are back",
                channel="root.oms",
            )._take_over_oms_changes()
        return result

    def _get_oms_shipment(self):
        """This parcel as its channel is told of it."""
        self.ensure_one()
        quantities = {}
        for move in self.move_ids:
            line = move.sale_line_id
            if move.state == "done" and line.oms_external_id:
                quantities.setdefault(line, self.env["stock.move"])
                quantities[line] |= move
        return Shipment(
            key=f"shipment:{self.id}",
            order_external_id=self.sale_id.oms_external_id,
            lines=tuple(
                (line.oms_external_id, self._get_oms_shipped_quantity(line, moves))
                for line, moves in quantities.items()
            ),
            **self._get_oms_tracking(),
            node=self.picking_type_id.warehouse_id.code or "",
        )

    def _get_oms_tracking(self):
        """How this parcel is followed, as its channel is told."""
        return {
            "carrier": self.carrier_id.name or "",
            "tracking": self.carrier_tracking_ref or "",
            "tracking_url": self.carrier_tracking_url or "",
        }

    def _get_oms_shipped_quantity(self, line, moves):
        """Units of the line in this parcel; of a kit, as many as are complete with it.

        The parts of a kit may leave in several parcels: the last one completes it.
        """
        if line.product_id not in moves.product_id:
            before = line.move_ids.filtered(
                lambda move: move.state == "done" and move.picking_id._is_before(self)
            )
            complete = (before | moves)._count_oms_kits(line)
            return complete - before._count_oms_kits(line)
        return Decimal(
            str(
                sum(
                    move.product_uom._compute_quantity(
                        move.quantity, line.product_uom_id
                    )
                    for move in moves
                )
            )
        )

    def _is_before(self, other):
        """Whether this transfer was done before the other one."""
        return (self.date_done, self.id) < (other.date_done, other.id)

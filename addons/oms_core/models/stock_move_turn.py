# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        """Override of `stock` to wait for one's turn before goods are looked for.

        The database would ask for the turn anyway, one product after the other.
        """
        waiting = self.filtered(
            lambda move: (
                move.state in ("confirmed", "waiting", "partially_available")
                and not move._should_bypass_reservation()
            )
        )
        self.env["oms.stock.guard"]._take_turn(
            {
                (move.product_id.id, move.location_id._get_oms_place())
                for move in waiting
            }
        )
        return super()._action_assign(force_qty=force_qty)


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _get_oms_place(self):
        """Key of the place in ``oms.stock.guard``."""
        return self.warehouse_id.id or -self.id

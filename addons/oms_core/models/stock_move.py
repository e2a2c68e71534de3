# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        """Override of `stock`: goods of an order held for allocation stay free."""
        held = self.sale_line_id.order_id._oms_get_holds("allocate").order_id
        if not held:
            return super()._action_assign(force_qty=force_qty)
        free = self.filtered(lambda move: move.sale_line_id.order_id not in held)
        return super(StockMove, free)._action_assign(force_qty=force_qty)

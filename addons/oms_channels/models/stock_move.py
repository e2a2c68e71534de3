# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
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

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _is_oms_outgoing(self):
        """Whether goods go to the buyer with this move, now or by a later one."""
        self.ensure_one()
        goals = self.location_dest_id | self.location_final_id
        return "customer" in goals.mapped("usage")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _oms_get_routable(self):
        """Override of `oms_core`: what others began to ship has its place."""
        begun = self.filtered(
            lambda order: (
                order.oms_channel_id.arrived_shipped == "elsewhere"
                and order.picking_ids.filtered(lambda p: p.state == "done")
            )
        )
        return super(SaleOrder, self - begun)._oms_get_routable()

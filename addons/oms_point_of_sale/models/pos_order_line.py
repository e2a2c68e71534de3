# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _get_oms_sale(self):
        """The order that a line settles, or gives money back for."""
        refunded = self.refunded_orderline_id
        return self.sale_order_origin_id or refunded.sale_order_origin_id

    def _get_oms_facts(self):
        """What the till has done with these goods: see `_get_oms_move_facts`."""
        receipt = self.order_id
        if self.product_id.type != "consu":
            return {}
        if not receipt.shipping_date:
            return {"shipped": self.qty, "delivered": self.qty}
        parcels = receipt.picking_ids.filtered(lambda parcel: parcel.state != "cancel")
        left = self.qty - self.qty_delivered
        ready = all(parcel.state in ("assigned", "done") for parcel in parcels)
        arrived = parcels and all(parcels.mapped("oms_delivered_at"))
        return {
            "open": left,
            "allocated": left if parcels and ready else 0.0,
            "shipped": self.qty_delivered,
            "delivered": self.qty_delivered if arrived else 0.0,
        }

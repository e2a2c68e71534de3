# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class StockPicking(models.Model):
    """A parcel of a receipt that is shipped later."""

    _inherit = "stock.picking"

    def _action_done(self):
        """Override of `stock` to note on the receipt that its goods have left."""
        result = super()._action_done()
        gone = self.filtered(
            lambda parcel: (
                parcel.state == "done"
                and parcel.pos_order_id.shipping_date
                and parcel.picking_type_code == "outgoing"
            )
        )
        receipts = gone.pos_order_id.sudo()  # a packer need not sell
        receipts._message_log_batch(
            {
                receipt.id: self.env._(
                    "Shipped: %(parcels)s.", parcels=", ".join(parcels.mapped("name"))
                )
                for receipt, parcels in gone.grouped("pos_order_id").items()
            }
        )
        return result

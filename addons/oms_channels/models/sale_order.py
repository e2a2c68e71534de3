# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    oms_external_version = fields.Char(
        copy=False, readonly=True, help="Newest version of the order that is known."
    )
    oms_message_ids = fields.One2many(
        "oms.channel.message", "order_id", string="Channel Messages", readonly=True
    )

    # === HOOKS ===

    def _oms_on_shipped(self, pickings):
        """Override of `oms_core` to tell each channel what has left."""
        result = super()._oms_on_shipped(pickings)
        told = pickings.filtered(lambda p: p.sale_id.oms_external_id)
        for channel, group in told.grouped("oms_channel_id").items():
            channel._send_shipments(
                {picking._get_oms_shipment(): picking.sale_id for picking in group}
            )
        return result

    # === PRODUCTS ===

    def _oms_resolve_products(self):
        """Give lines their product where it exists by now; prices stay as they are."""
        resolver = self.env["oms.product.resolver"]
        unknown = resolver._get_placeholder()
        for channel, orders in self.grouped("oms_channel_id").items():
            lines = orders.order_line.filtered(lambda ln: ln.product_id == unknown)
            skus = {line.oms_external_sku for line in lines if line.oms_external_sku}
            found = resolver._find_by(channel, "default_code", skus)
            for sku, same in lines.grouped("oms_external_sku").items():
                if product := found.get(sku):
                    same._set_oms_product(product)

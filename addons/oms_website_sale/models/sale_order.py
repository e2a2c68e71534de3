# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# The carrier of a buyer who fetches the goods: click and collect, where installed.
FETCHED = "in_store"


class SaleOrder(models.Model):
    """A cart becomes an order of its website's channel."""

    _inherit = "sale.order"

    # === CHANNEL ===

    def action_quotation_sent(self):
        """Override of `sale`: an order whose payment is awaited is an order."""
        self._set_oms_website_channel()
        return super().action_quotation_sent()

    def action_confirm(self):
        """Override of `sale`: a cart is no order before."""
        self._set_oms_website_channel()
        return super().action_confirm()

    def _set_oms_website_channel(self):
        carts = self.filtered(lambda o: o.website_id and not o.oms_channel_id)
        carts.filtered(lambda o: o._is_oms_fetched()).oms_is_pickup = True
        for website, orders in carts.grouped("website_id").items():
            orders.oms_channel_id = website.oms_channel_id

    def _is_oms_fetched(self):
        self.ensure_one()
        return self.carrier_id.delivery_type == FETCHED

    def _compute_warehouse_id(self):
        """Override of `website_sale_stock`: a channel ships from its own places."""
        result = super()._compute_warehouse_id()
        for order in self.filtered(lambda o: o.website_id and not o._is_oms_fetched()):
            # The public may not read channels; only their places are.
            places = order.oms_channel_id.sudo().warehouse_ids  # see above
            if places and order.warehouse_id not in places:
                order.warehouse_id = places.sorted("sequence")[0]
        return result

    # === AVAILABILITY ===

    def _get_free_qty(self, product):
        """Override of `website_sale_stock`: what the channel may sell, or what is at
        the place where the buyer fetches it."""
        channel = self.website_id.oms_channel_id
        if not channel:
            return super()._get_free_qty(product)
        place = self.env["stock.warehouse"]
        if self._is_oms_fetched():
            place = place.browse(self._get_shop_warehouse_id())
        return product._get_oms_shop_quantity(channel, place)

    # === HISTORY ===

    def _get_oms_capture_sentence(self):
        """Override of `oms_core` to say which website."""
        if not self.website_id:
            return super()._get_oms_capture_sentence()
        return self.env._(
            "Order %(name)s placed on %(website)s: %(total)s.",
            name=self.name,
            website=self.website_id.name,
            total=self.currency_id.format(self.amount_total),
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ProductProduct(models.Model):
    """What the shop may sell of a product."""

    _inherit = "product.product"

    oms_shop_quantity = fields.Float(
        "Sellable in the Shop",
        digits="Product Unit",
        compute="_compute_oms_shop_quantity",
        compute_sudo=True,  # the public sees one figure, and not what it is made of
        help="What the channel and the place named by the context may sell.",
    )

    @api.depends("stock_move_ids.product_qty", "stock_move_ids.state")
    @api.depends_context("oms_shop_channel_id", "oms_shop_warehouse_id")
    def _compute_oms_shop_quantity(self):
        """A page of products is answered by one question.

        The shop asks product by product; what was read together is computed together.
        """
        channel = self.env["oms.channel"].browse(
            self.env.context.get("oms_shop_channel_id")
        )
        place = self.env["stock.warehouse"].browse(
            self.env.context.get("oms_shop_warehouse_id")
        )
        nodes = place or channel._get_oms_nodes()
        answer = self.browse(self.ids)._get_oms_availability(nodes, channel)
        for product in self:
            quantity = (
                answer.get((product.id, place.id), 0.0)
                if place
                else answer.channels.get((product.id, channel.id), 0.0)
            )
            product.oms_shop_quantity = max(quantity, 0.0)

    def _get_oms_shop_quantity(self, channel, place=None):
        """Units that the shop may sell now.

        :param channel: whose places together have it, less its buffer
        :param place: the warehouse where the buyer fetches it, if so; then what is
            there, without the channel's buffer
        """
        self.ensure_one()
        return self.with_context(
            oms_shop_channel_id=channel.id,
            oms_shop_warehouse_id=place.id if place else False,
        ).oms_shop_quantity

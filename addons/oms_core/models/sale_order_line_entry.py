# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class SaleOrderLine(models.Model):
    """What a person who enters an order must know of each line: is it there?"""

    _inherit = "sale.order.line"

    oms_qty_sellable = fields.Float(
        "Available",
        compute="_compute_oms_qty_sellable",
        compute_sudo=True,  # who sells need not see the stock of every place
        digits="Product Unit",
        help="What the places of this channel can still promise, in the line's unit.",
    )
    oms_is_short = fields.Boolean(compute="_compute_oms_is_short")

    @api.depends(
        "product_id",
        "product_uom_id",
        "state",
        "order_id.oms_channel_id",
        "order_id.company_id",
    )
    def _compute_oms_qty_sellable(self):
        """Of quotations; one question for all of them."""
        self.oms_qty_sellable = 0.0
        asked = self.filtered(lambda line: line._is_oms_promisable())
        channels = asked.order_id.oms_channel_id
        places = self.env["stock.warehouse"].search(
            [("company_id", "in", asked.order_id.company_id.ids)]
        )
        answer = asked.product_id._get_oms_availability(places, channels)
        own = places.grouped("company_id")
        for line in asked:
            product, channel = line.product_id, line.order_id.oms_channel_id
            if channel:
                quantity = answer.channels.get((product.id, channel.id), 0.0)
            else:
                quantity = sum(
                    max(answer.get((product.id, place.id), 0.0), 0.0)
                    for place in own.get(line.order_id.company_id, ())
                )
            line.oms_qty_sellable = product.uom_id._compute_quantity(
                quantity, line.product_uom_id, round=False
            )

    @api.depends("oms_qty_sellable", "product_uom_qty")
    def _compute_oms_is_short(self):
        for line in self:
            line.oms_is_short = (
                line._is_oms_promisable()
                and line.product_uom_qty > line.oms_qty_sellable
            )

    def _is_oms_promisable(self):
        """Whether it is stock that this quotation line asks for."""
        is_open = self.state in ("draft", "sent")
        return is_open and (self.product_id.is_storable or self.product_id.is_kits)

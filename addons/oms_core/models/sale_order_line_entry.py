# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

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
        """Of quotations; one question for all lines that the same places ship."""
        self.oms_qty_sellable = 0.0
        by_places = defaultdict(self.browse)
        nodes = self.order_id._get_oms_sellable_nodes()
        for line in self.filtered(lambda line: line._is_oms_promisable()):
            by_places[nodes[line.order_id]] |= line
        for places, lines in by_places.items():
            free = lines.product_id._get_oms_availability(places)
            for line in lines:
                quantity = sum(
                    max(free.get((line.product_id.id, place.id), 0.0), 0.0)
                    for place in places
                )
                line.oms_qty_sellable = line.product_id.uom_id._compute_quantity(
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

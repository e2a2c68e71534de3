# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .batch import get_batch


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `stock` to draw the numbers of a batch in one go."""
        if get_batch(self) is not None:
            self._oms_set_names(vals_list)
        return super().create(vals_list)

    def _oms_set_names(self, vals_list):
        unnamed = [
            vals
            for vals in vals_list
            if vals.get("name", "/") == "/" and vals.get("picking_type_id")
        ]
        type_ids = {vals["picking_type_id"] for vals in unnamed}
        for picking_type in self.env["stock.picking.type"].browse(type_ids):
            mine = [v for v in unnamed if v["picking_type_id"] == picking_type.id]
            names = picking_type.sequence_id._oms_next_many(len(mine))
            for vals, name in zip(mine, names, strict=False):
                vals["name"] = name

    def action_confirm(self):
        """Override of `stock` to confirm the pickings of all orders in one call."""
        batch = get_batch(self)
        if batch is None or batch.deferred_pickings is None:
            return super().action_confirm()
        batch.deferred_pickings |= self
        return True

    def message_post_with_source(self, source_ref, **kwargs):
        """Override of `mail`: where a picking comes from is not told in its chatter.

        Rendering that note costs more than making the picking, and the picking
        has a link to its order.
        """
        if get_batch(self) is not None and source_ref == "mail.message_origin_link":
            return self.env["mail.message"]
        return super().message_post_with_source(source_ref, **kwargs)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import api, models

from .batch import get_batch
from .company_check import get_unchecked_links


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `stock` to draw the numbers of a batch in one go."""
        batch = get_batch(self)
        if batch is not None:
            wanted = Counter(
                vals["picking_type_id"]
                for vals in vals_list
                if vals.get("name", "/") == "/" and vals.get("picking_type_id")
            )
            types = self.env["stock.picking.type"].browse(wanted)
            for sequence, mine in types.grouped("sequence_id").items():
                batch.wanted_numbers[sequence.id] = sum(wanted[t.id] for t in mine)
        return super().create(vals_list)

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

    def _check_company(self, fnames=None):
        """Override of the ORM to leave to it what is no plain link."""
        result = None
        for records, names in get_unchecked_links(self, fnames):
            result = super(StockPicking, records)._check_company(names)
        return result

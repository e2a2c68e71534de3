# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models

from .batch import get_batch, get_scope


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    @api.model
    def _bom_find(self, products, picking_type=None, company_id=False, bom_type=False):
        """Override of `mrp` to look once at all products of the batch."""
        find = super()._bom_find
        options = {
            "picking_type": picking_type,
            "company_id": company_id,
            "bom_type": bom_type,
        }
        batch = get_batch(self)
        if batch is None:
            return find(products, **options)
        scope = (
            *get_scope(self.env),
            picking_type.id if picking_type else 0,
            company_id or self.env.context.get("company_id"),
            bom_type,
        )
        known = batch.boms.setdefault(scope, {})
        if any(product.id not in known for product in products):
            asked = products | products.browse(batch.product_ids)
            asked = asked.filtered(lambda product: product.id not in known)
            # Asked for several products, Odoo overlooks the archived ones.
            archived = asked.filtered(lambda product: not product.active)
            for some in (asked - archived, *archived):
                found = find(some, **options)
                known.update({p.id: found[p].id for p in some})
        result = defaultdict(lambda: self.env["mrp.bom"])
        result.update({p: self.browse(known[p.id]) for p in products if known[p.id]})
        return result

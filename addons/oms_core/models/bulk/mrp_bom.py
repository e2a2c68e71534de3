# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models

from .batch import get_batch


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    @api.model
    def _bom_find(self, products, picking_type=None, company_id=False, bom_type=False):
        """Override of `mrp` to look once at each product of the batch."""
        batch = get_batch(self)
        if batch is None:
            return super()._bom_find(
                products,
                picking_type=picking_type,
                company_id=company_id,
                bom_type=bom_type,
            )
        scope = (
            self.env.su,
            self.env.uid,
            tuple(self.env.companies.ids),
            picking_type.id if picking_type else 0,
            company_id or self.env.context.get("company_id"),
            bom_type,
        )
        known = batch.boms.setdefault(scope, {})
        new = products.filtered(lambda product: product.id not in known)
        if new:
            found = super()._bom_find(
                new, picking_type=picking_type, company_id=company_id, bom_type=bom_type
            )
            known.update({p.id: found[p].id if p in found else False for p in new})
        result = defaultdict(lambda: self.env["mrp.bom"])
        result.update({p: self.browse(known[p.id]) for p in products if known[p.id]})
        return result

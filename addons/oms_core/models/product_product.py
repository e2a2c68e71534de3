# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    # === KITS ===

    def _get_oms_kit_components(self, company=None):
        """Components of the kits among these: {kit id: {part id: quantity per kit}}.

        One round per level of nesting, whatever the number of kits.

        :param company: whose bills of materials count; default the current one
        """
        company = company or self.env.company
        components = {}
        todo = self._read_oms_kit_level(self, company)
        while todo:
            components |= todo
            parts = self.browse({part for kit in todo.values() for part in kit})
            new = set(parts.ids).difference(components)
            todo = self._read_oms_kit_level(self.browse(new), company)
        return {
            kit.id: self._explode_oms_kit(kit.id, components)
            for kit in self
            if kit.id in components
        }

    def _read_oms_kit_level(self, products, company):
        boms = (
            self.env["mrp.bom"]
            .sudo()
            ._bom_find(  # stock users may not read BoMs
                products, company_id=company.id, bom_type="phantom"
            )
        )
        level = {}
        for product, bom in boms.items():
            unit = bom.product_uom_id._compute_quantity(
                bom.product_qty, product.uom_id, round=False
            )
            level[product.id] = parts = defaultdict(float)
            for line in bom.bom_line_ids:
                if not line._skip_bom_line(product):
                    parts[line.product_id.id] += (
                        line.product_uom_id._compute_quantity(
                            line.product_qty, line.product_id.uom_id, round=False
                        )
                        / unit
                    )
        return {kit: parts for kit, parts in level.items() if parts}

    def _explode_oms_kit(self, kit_id, components):
        parts = defaultdict(float)
        for part, quantity in components[kit_id].items():
            if part not in components:
                parts[part] += quantity
                continue
            for leaf, per_part in self._explode_oms_kit(part, components).items():
                parts[leaf] += quantity * per_part
        return parts

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models
from odoo.tools import SQL


class ProductProduct(models.Model):
    _inherit = "product.product"

    # === AVAILABILITY ===

    def _get_oms_availability(self, warehouses=None):
        """What can still be promised: on hand less every open demand.

        Demand counts whether it is reserved or not. Kits are as many as their
        scarcest component allows; a service is not in the answer.

        :param warehouses: recordset; default all of the company
        :return: {(product id, warehouse id): quantity in the product's unit}
        """
        if warehouses is None:
            warehouses = self.env["stock.warehouse"].search(
                [("company_id", "=", self.env.company.id)]
            )
        kits = self._get_oms_kit_components()
        goods = self.filtered(lambda p: p.is_storable and p.id not in kits)
        parts = self.browse({part for kit in kits.values() for part in kit})
        free = (goods | parts)._read_oms_free_stock(warehouses)
        answer = {
            (product.id, warehouse.id): free.get((product.id, warehouse.id), 0.0)
            for product in goods
            for warehouse in warehouses
        }
        for kit_id, components in kits.items():
            for warehouse in warehouses:
                answer[kit_id, warehouse.id] = min(
                    free.get((part, warehouse.id), 0.0) // per_kit
                    for part, per_kit in components.items()
                )
        return answer

    def _read_oms_free_stock(self, warehouses):
        """On hand less open demand, in one query: {(product, warehouse): quantity}."""
        if not self.ids or not warehouses.ids:
            return {}
        self.env["stock.quant"].flush_model(["product_id", "location_id", "quantity"])
        self.env["stock.move"].flush_model(
            ["product_id", "location_id", "location_dest_id", "state", "product_qty"]
        )
        self.env.cr.execute(
            SQL(
                """
                WITH place AS (
                    SELECT id, warehouse_id FROM stock_location
                     WHERE usage = 'internal' AND warehouse_id IN %(warehouses)s
                ), change AS (
                    SELECT quant.product_id, place.warehouse_id, quant.quantity
                      FROM stock_quant quant
                      JOIN place ON place.id = quant.location_id
                     WHERE quant.product_id IN %(products)s
                     UNION ALL
                    SELECT move.product_id, place.warehouse_id, -move.product_qty
                      FROM stock_move move
                      JOIN place ON place.id = move.location_id
                 LEFT JOIN stock_location goal ON goal.id = move.location_dest_id
                     WHERE move.product_id IN %(products)s
                       AND move.state IN ('waiting', 'confirmed', 'assigned',
                                          'partially_available')
                       AND (goal.warehouse_id IS DISTINCT FROM place.warehouse_id
                            OR goal.usage != 'internal')
                )
                SELECT product_id, warehouse_id, SUM(quantity)
                  FROM change GROUP BY product_id, warehouse_id
                """,
                warehouses=tuple(warehouses.ids),
                products=tuple(self.ids),
            )
        )
        return {
            (product, warehouse): float(quantity)
            for product, warehouse, quantity in self.env.cr.fetchall()
        }

    def _get_oms_incoming(self, warehouses):
        """What is expected to arrive at any of these places: {product id: quantity}."""
        moves = self.env["stock.move"]._read_group(
            [
                ("product_id", "in", self.ids),
                ("state", "in", ("waiting", "confirmed", "assigned")),
                ("location_dest_id.warehouse_id", "in", warehouses.ids),
                ("location_dest_id.usage", "=", "internal"),
                ("location_id.usage", "!=", "internal"),
            ],
            ["product_id"],
            ["product_qty:sum"],
        )
        return {product.id: quantity for product, quantity in moves}

    def _get_oms_kit_components(self):
        """Components of the kits among these: {kit id: {part id: quantity per kit}}.

        One round per level of nesting, whatever the number of kits.
        """
        components = {}
        todo = self._read_oms_kit_level(self)
        while todo:
            components |= todo
            parts = self.browse({part for kit in todo.values() for part in kit})
            new = set(parts.ids).difference(components)
            todo = self._read_oms_kit_level(self.browse(new))
        return {
            kit.id: self._explode_oms_kit(kit.id, components)
            for kit in self
            if kit.id in components
        }

    def _read_oms_kit_level(self, products):
        boms = (
            self.env["mrp.bom"]
            .sudo()
            ._bom_find(  # stock users may not read BoMs
                products, bom_type="phantom"
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

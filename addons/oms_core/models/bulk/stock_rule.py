# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, models

from .batch import get_batch, get_scope


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def _search_rule_for_warehouses(
        self, route_ids, packaging_uom_id, product_id, warehouse_ids, domain
    ):
        """Override of `stock` to search once for all lines that ask the same.

        The answer depends on the product by its routes alone.
        """
        batch = get_batch(self)
        if batch is None:
            return super()._search_rule_for_warehouses(
                route_ids, packaging_uom_id, product_id, warehouse_ids, domain
            )
        allowed = partial(self._filter_warehouse_routes, product_id, warehouse_ids)
        key = (
            self._name,
            *get_scope(self.env),
            tuple(route_ids.ids) if route_ids else (),
            packaging_uom_id.id if packaging_uom_id else 0,
            tuple((product_id.route_ids | product_id.categ_id.total_route_ids).ids),
            warehouse_ids
            and tuple(
                warehouse_ids.ids + warehouse_ids.route_ids.filtered(allowed).ids
            ),
            repr(domain),
        )
        search = super()._search_rule_for_warehouses
        return batch.remember(
            key,
            lambda: search(
                route_ids, packaging_uom_id, product_id, warehouse_ids, domain
            ),
        )

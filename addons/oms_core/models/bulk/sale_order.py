# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import api, models

from .batch import get_batch, get_scope, with_batch
from .company_check import get_unchecked_links
from .precompute import needs_precompute


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === CREATION ===

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to make many orders under one batch."""
        model, batch = with_batch(self)
        if batch is None:
            return super().create(vals_list)
        wanted = Counter(
            vals.get("company_id") or self.env.company.id
            for vals in vals_list
            if not vals.get("name")
        )
        for company_id, count in wanted.items():
            batch.wanted_numbers["sale.order", company_id] = count
        orders = super(SaleOrder, model).create(vals_list)
        # Computed here, where the batch remembers; not one day at the commit.
        model.env.flush_all()
        return orders.with_env(self.env)

    @api.model
    def default_get(self, fields):
        """Override of `sale` to search once for the records proposed by default."""
        batch = get_batch(self)
        if batch is None:
            return super().default_get(fields)
        links = frozenset(name for name in fields if self._fields[name].relational)
        find = super().default_get
        scope = (self.env.company.id, *get_scope(self.env))
        values = batch.remember(
            (self._name, "default_get", links, *scope), lambda: find(list(links))
        )
        rest = [name for name in fields if name not in links]
        return find(rest) | values

    def _add_precomputed_values(self, vals_list):
        """Override of the ORM to compute after the insertion what may wait."""
        if needs_precompute(self, vals_list):
            return super()._add_precomputed_values(vals_list)
        return None

    # === CONFIRMATION ===

    def action_confirm(self):
        """Override of `sale` to confirm many orders under one batch."""
        orders, batch = with_batch(self)
        if batch is None:
            return super().action_confirm()
        batch.product_ids.update(self.order_line.product_id.ids)
        result = super(SaleOrder, orders).action_confirm()
        orders.env.flush_all()
        return result

    def _check_company(self, fnames=None):
        """Override of the ORM to leave to it what is no plain link."""
        result = None
        for records, names in get_unchecked_links(self, fnames):
            result = super(SaleOrder, records)._check_company(names)
        return result

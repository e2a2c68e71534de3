# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .batch import with_batch
from .company_check import get_unchecked_links
from .precompute import needs_precompute


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Override of `sale_stock` to ask for the goods of many orders in one go.

        References are made all at once beforehand; pickings are confirmed all at
        once afterwards.
        """
        lines, batch = with_batch(self)
        if batch is None or batch.deferred_pickings is not None:
            return super()._action_launch_stock_rule(
                previous_product_uom_qty=previous_product_uom_qty
            )
        batch.product_ids.update(self.product_id.ids)
        lines._oms_create_references(batch)
        batch.deferred_pickings = self.env["stock.picking"]
        result = super(SaleOrderLine, lines)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )
        pickings, batch.deferred_pickings = batch.deferred_pickings, None
        if pickings:
            pickings.with_env(lines.env).action_confirm()
        return result

    def _oms_create_references(self, batch):
        """References of the orders that will surely ask for goods now."""
        if self.env.context.get("skip_procurement"):
            return
        lines = self.filtered(
            lambda line: (
                line.state == "sale"
                and line.product_id.type == "consu"
                and not line.product_uom_id.is_zero(line.product_uom_qty)
                and not line.order_id.locked
                and not line.order_id.stock_reference_ids
                and not line.move_ids
            )
        )
        first_lines = [lines[:1] for lines in lines.grouped("order_id").values()]
        references = self.env["stock.reference"].create(
            [line._prepare_reference_vals() for line in first_lines]
        )
        batch.new_references.update(references.ids)

    def _check_company(self, fnames=None):
        """Override of the ORM to leave to it what is no plain link."""
        result = None
        for records, names in get_unchecked_links(self, fnames):
            result = super(SaleOrderLine, records)._check_company(names)
        return result

    def _add_precomputed_values(self, vals_list):
        """Override of the ORM to compute after the insertion what may wait."""
        if needs_precompute(self, vals_list):
            return super()._add_precomputed_values(vals_list)
        for vals in vals_list:
            # As `sale` does in the method that is left out here.
            if "price_unit" in vals:
                vals.setdefault("technical_price_unit", vals["price_unit"])
        return None

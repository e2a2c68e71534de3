# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    oms_external_id = fields.Char(copy=False, readonly=True, index="btree_not_null")
    oms_external_sku = fields.Char(
        "Channel SKU", copy=False, readonly=True, help="The SKU as the channel sent it."
    )
    oms_sourcing = fields.Json(
        copy=False,
        readonly=True,
        help="[[warehouse id, quantity], …] when several places ship this line; "
        "quantities in the line's unit. Empty: the order's warehouse ships it.",
    )

    # === FULFILMENT ===

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Override of `sale_stock`: a hold on allocation asks for no goods.

        The goods are asked for when the hold is released.
        """
        held = self.order_id._oms_get_held("allocate")
        free = self - held.order_line
        return super(SaleOrderLine, free)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )

    def _create_procurements(self, product_qty, procurement_uom, values):
        """Override of `sale_stock` to ask each place for its share of the line."""
        if not self.oms_sourcing:
            return super()._create_procurements(product_qty, procurement_uom, values)
        procurements = []
        left = product_qty
        for warehouse_id, quantity in self.oms_sourcing:
            quantity = self.product_uom_id._compute_quantity(quantity, procurement_uom)
            share = min(left, quantity)
            if share <= 0:
                continue
            left -= share
            warehouse = self.env["stock.warehouse"].browse(warehouse_id)
            procurements += super()._create_procurements(
                share, procurement_uom, values | {"warehouse_id": warehouse}
            )
        if left > 0:
            procurements += super()._create_procurements(left, procurement_uom, values)
        return procurements

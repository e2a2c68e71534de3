# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

# Goods over the counter of a till whose stock is updated when its session is closed.
# What is left of a product after returns; what has its transfer already is not in it,
# nor what is shipped later, which has one at once.
SOLD = """
    SELECT line.product_id, receipt.company_id, place.warehouse_id,
           SUM(line.qty) AS quantity, FALSE AS waits
      FROM pos_session session
      JOIN pos_config config ON config.id = session.config_id
      JOIN stock_picking_type place ON place.id = config.picking_type_id
      JOIN pos_order receipt ON receipt.session_id = session.id
      JOIN pos_order_line line ON line.order_id = receipt.id
     WHERE session.state != 'closed' AND session.update_stock_at_closing
       AND receipt.state IN ('paid', 'done') AND receipt.shipping_date IS NULL
       AND NOT EXISTS (SELECT FROM stock_picking parcel
                        WHERE parcel.pos_order_id = receipt.id)
     GROUP BY line.product_id, receipt.company_id, place.warehouse_id
    HAVING SUM(line.qty) > 0
"""
READS = {
    "pos.config": ["picking_type_id"],
    "pos.order": ["company_id", "session_id", "shipping_date", "state"],
    "pos.order.line": ["order_id", "product_id", "qty"],
    "pos.session": ["config_id", "state", "update_stock_at_closing"],
    "stock.picking": ["pos_order_id"],
    "stock.picking.type": ["warehouse_id"],
}


class ProductProduct(models.Model):
    """What a till has sold is gone, before its session is closed."""

    _inherit = "product.product"

    @api.model
    def _query_oms_unmoved_demand(self):
        """Override of `oms_core` to count what open sessions have sold."""
        return SQL("%s UNION ALL %s", super()._query_oms_unmoved_demand(), SQL(SOLD))

    @api.model
    def _get_oms_availability_reads(self):
        """Override of `oms_core`: of sessions and receipts too."""
        return super()._get_oms_availability_reads() | READS

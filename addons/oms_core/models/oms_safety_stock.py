# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsSafetyStock(models.Model):
    """Goods of one place that no channel is promised."""

    _name = "oms.safety.stock"
    _description = "Safety Stock"
    _order = "product_id, warehouse_id"
    _rec_name = "product_id"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_storable', '=', True)]",
        check_company=True,
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        "Node",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(
        "Safety Stock",
        digits="Product Unit",
        required=True,
        help="Kept back from every channel, in the product's unit.",
    )
    categ_id = fields.Many2one(related="product_id.categ_id", string="Category")

    _product_warehouse_uniq = models.Constraint(
        "UNIQUE(product_id, warehouse_id)",
        "This product has a safety stock at this node already; change that one.",
    )
    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0)",
        "A safety stock is nothing or more. To sell more than there is, raise the "
        "stock instead.",
    )

    # === COMPUTE ===

    @api.depends("product_id", "warehouse_id")
    def _compute_display_name(self):
        for safety in self:
            safety.display_name = (
                f"{safety.product_id.display_name}: {safety.warehouse_id.name}"
            )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ProductProduct(models.Model):
    """A product that appears lets the orders go on that waited for it."""

    _inherit = "product.product"

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `product` to resolve lines that waited for these SKUs."""
        products = super().create(vals_list)
        products._release_oms_waiting_orders()
        return products

    def write(self, vals):
        """Override of `product` to resolve lines that waited for these SKUs."""
        result = super().write(vals)
        if vals.get("default_code"):
            self._release_oms_waiting_orders()
        return result

    # === BUSINESS ===

    def _release_oms_waiting_orders(self):
        skus = [sku for sku in self.mapped("default_code") if sku]
        if not skus:
            return
        # Whoever creates a product may not be allowed to see orders; the hold is
        # about the product only, and gone when the product is there.
        holds = (
            self.env["oms.hold"]
            .sudo()  # see above
            .search(
                [
                    ("is_open", "=", True),
                    ("type_id.code", "=", "unknown_product"),
                    ("line_id.oms_external_sku", "in", skus),
                ]
            )
        )
        holds._release_each(self.env._("the product exists now"))

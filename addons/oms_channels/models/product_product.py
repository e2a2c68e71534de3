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
        products._release_oms_waiting_orders(*products._get_oms_codes())
        return products

    def write(self, vals):
        """Override of `product` to resolve lines that waited for these SKUs."""
        named = {"default_code", "barcode", "active"} & vals.keys()
        # What a product gives up may leave a SKU to exactly one other.
        given_up = self._get_oms_codes() if named else (set(), set())
        result = super().write(vals)
        if named:
            skus, barcodes = self._get_oms_codes()
            self._release_oms_waiting_orders(skus | given_up[0], barcodes | given_up[1])
        return result

    # === BUSINESS ===

    def _get_oms_codes(self):
        """(internal references, barcodes) of these products."""
        return (
            set(filter(None, self.mapped("default_code"))),
            set(filter(None, self.mapped("barcode"))),
        )

    def _release_oms_waiting_orders(self, skus, barcodes):
        if not skus and not barcodes:
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
                    "|",
                    ("line_id.oms_external_sku", "in", sorted(skus)),
                    ("line_id.oms_external_barcode", "in", sorted(barcodes)),
                ]
            )
        )
        holds._release_each(self.env._("the product exists now"))

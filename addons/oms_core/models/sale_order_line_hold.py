# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import float_compare

# What the buyer has bought, and for how much.
EDITED = (
    "discount",
    "order_id",
    "price_unit",
    "product_id",
    "product_uom_id",
    "product_uom_qty",
    "tax_ids",
)


class SaleOrderLine(models.Model):
    """Lines of a held order stay as they are, if the hold says so."""

    _inherit = "sale.order.line"

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to add nothing to an order held for editing."""
        orders = self.env["sale.order"].browse(
            vals["order_id"]
            for vals in vals_list
            if vals.get("order_id")
            and not (vals.get("display_type") or vals.get("is_downpayment"))
        )
        orders._oms_check_operation("edit")
        return super().create(vals_list)

    def write(self, vals):
        """Override of `sale` to change nothing of an order held for editing."""
        if edited := [name for name in EDITED if name in vals]:
            self._oms_get_held_lines().filtered(
                lambda line: line._oms_is_changed(vals, edited)
            ).order_id._oms_check_operation("edit")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_oms_held(self):
        self._oms_get_held_lines().order_id._oms_check_operation("edit")

    # === CHECK ===

    def _oms_get_held_lines(self):
        held = self.order_id._oms_get_held("edit")
        if not held:
            return self.browse()
        return self.filtered(
            lambda line: (
                line.order_id in held and not (line.display_type or line.is_downpayment)
            )
        )

    def _oms_is_changed(self, vals, names):
        """Whether writing these values would change one of these fields."""
        for name in names:
            field, value = self._fields[name], vals[name]
            if field.type == "float":
                if float_compare(self[name], value or 0.0, precision_digits=6):
                    return True
            elif field.type == "many2one":
                if self[name].id != (value or False):
                    return True
            else:
                changed = self.new({name: value})[name]
                if set(changed._origin.ids) != set(self[name].ids):
                    return True
        return False

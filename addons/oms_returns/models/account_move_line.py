# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .sale_order_line import to_decimal


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    oms_return_line_id = fields.Many2one(
        "oms.return.line",
        string="Return Line",
        copy=False,
        readonly=True,
        index="btree_not_null",
    )
    oms_refunded_line_id = fields.Many2one(
        "account.move.line",
        string="Refunded Invoice Line",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The invoice line that this line of a credit note gives back.",
    )

    # === RETURNS ===

    def _get_oms_sold_quantity(self):
        """The quantity in the unit of the order line, which returns count in."""
        self.ensure_one()
        unit = self.sale_line_ids[:1].product_uom_id or self.product_uom_id
        if not self.product_uom_id or self.product_uom_id == unit:
            return to_decimal(self.quantity)
        return to_decimal(
            self.product_uom_id._compute_quantity(
                self.quantity, unit, rounding_method="HALF-UP"
            )
        )

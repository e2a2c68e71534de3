# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    oms_units_kept = fields.Float(
        "Units Not Sold Again",
        copy=False,
        readonly=True,
        digits="Product Unit",
        help="Units on this line of a credit note that have been delivered: they are "
        "not to be invoiced again.",
    )

    oms_settlement_line_id = fields.Many2one(
        "oms.settlement.line",
        "Settlement Line",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    def _get_oms_given(self, name, tax=None):
        """Net or one tax of this line, negative on a credit note.

        Tax by tax where the amounts were given; else the line's tax as a whole.
        """
        self.ensure_one()
        sign = -1 if self.move_type == "out_refund" else 1
        digits = self.currency_id.decimal_places
        if name == "net":
            return sign * Decimal(f"{self.price_subtotal:.{digits}f}")
        given = (self.extra_tax_data or {}).get("manual_tax_amounts", {})
        amount = given.get(tax, {}).get("tax_amount_currency")
        if amount is None:
            amount = (self.price_total - self.price_subtotal) / max(len(given), 1)
        return sign * Decimal(f"{amount:.{digits}f}")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models

from ..engine.amounts import round_half_up


class SaleOrderLine(models.Model):
    """What is invoiced, and what was given back by the shop."""

    _inherit = "sale.order.line"

    oms_credited_qty = fields.Float(
        "Refunded in the Shop",
        compute="_compute_oms_credited_qty",
        store=True,
        digits="Product Unit",
        help="Units delivered for which the shop gave the money back.",
    )

    # === COMPUTE ===

    @api.depends("invoice_lines.oms_units_kept", "invoice_lines.parent_state")
    def _compute_oms_credited_qty(self):
        for line in self:
            posted = line.invoice_lines.filtered(lambda e: e.parent_state == "posted")
            line.oms_credited_qty = sum(posted.mapped("oms_units_kept"))

    @api.depends("oms_credited_qty")
    def _compute_qty_to_invoice(self):
        """Override of `sale`: what was given back is not invoiced again."""
        result = super()._compute_qty_to_invoice()
        for line in self.filtered(lambda ln: ln.oms_credited_qty and ln.qty_to_invoice):
            if line.qty_to_invoice > 0:
                left = line.qty_to_invoice - line.oms_credited_qty
                line.qty_to_invoice = max(left, 0.0)
        return result

    @api.depends("oms_credited_qty")
    def _compute_invoice_status(self):
        """Override of `sale`: invoiced and given back is invoiced."""
        result = super()._compute_invoice_status()
        for line in self.filtered("oms_credited_qty"):
            invoiced = line.qty_invoiced + line.oms_credited_qty
            if line.state == "sale" and (
                line.product_uom_id.compare(invoiced, line.product_uom_qty) >= 0
            ):
                line.invoice_status = "invoiced"
        return result

    # === INVOICING ===

    def _prepare_invoice_line(self, **optional_values):
        """Override of `sale`: parts of a line come to the line's own amounts.

        Odoo reads given amounts only for the whole quantity. A part takes its share;
        the last part takes what the ones before it have left.
        """
        values = super()._prepare_invoice_line(**optional_values)
        given = self.extra_tax_data or {}
        quantity = values.get("quantity") or 0.0
        if (
            not self.oms_external_id
            or not given.get("manual_tax_amounts")
            or quantity <= 0
            or self.product_uom_id.compare(quantity, self.product_uom_qty) == 0
        ):
            return values
        is_last = self.product_uom_id.compare(
            self.qty_invoiced + self.oms_credited_qty + quantity, self.product_uom_qty
        )
        share = None if is_last >= 0 else quantity / self.product_uom_qty
        return values | {
            "extra_tax_data": given
            | self._get_oms_part(given, share)
            | {"quantity": quantity}
        }

    def _get_oms_part(self, given, share):
        """The amounts of a part, or, without ``share``, of what is left."""
        digits = self.currency_id.decimal_places
        entries = self.invoice_lines.filtered(lambda e: e.parent_state != "cancel")

        def part(total, name, tax=None):
            amount = Decimal(str(total))
            if share is not None:
                amount *= Decimal(str(share))
            else:
                amount -= sum(
                    (entry._get_oms_given(name, tax) for entry in entries), Decimal(0)
                )
            return float(round_half_up(amount, digits))

        net = part(given["manual_total_excluded_currency"], "net")
        return {
            "manual_total_excluded_currency": net,
            "manual_tax_amounts": {
                tax: {
                    "tax_amount_currency": part(
                        amounts["tax_amount_currency"], "tax", tax
                    ),
                    "base_amount_currency": net,
                }
                if amounts
                else {}
                for tax, amounts in given["manual_tax_amounts"].items()
            },
        }

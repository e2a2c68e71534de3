# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import Command, models

from ..engine.refund import plan_refund
from .sale_order_line import to_decimal


class OmsReturnLine(models.Model):
    """The money of one line, as its invoices say."""

    _inherit = "oms.return.line"

    # === PLAN ===

    def _plan_refunds(self):
        """What credit notes would say of these lines; nothing is written.

        Lines of the same order line take different units, in the order given.

        :return: {line: tuple of engine refunds}, quantities in the order line's unit
        """
        # A warehouse worker sees what a return is worth without access to invoices.
        invoices = self.sale_line_id.sudo().invoice_lines.move_id  # see above
        invoiced = invoices._get_oms_invoiced_lines()
        plans = {}
        for sale_line, lines in self.grouped("sale_line_id").items():
            sources = [
                source
                for entry in sale_line.sudo().invoice_lines.sorted("id")  # see above
                for source in invoiced.get(entry.id, ())
            ]
            digits = sale_line.currency_id.decimal_places
            taken = Decimal(0)
            for line in lines:
                quantity = to_decimal(line.quantity_received or line.quantity)
                plans[line] = plan_refund(sources, quantity, digits, skip=taken)
                taken += quantity
        return plans

    # === CREDIT LINES ===

    def _prepare_credit_lines(self, refund):
        """Values of the lines of a credit note for one refund: the goods, then the
        share of each order discount."""
        self.ensure_one()
        entry = self.env["account.move.line"].browse(refund.line)
        return [self._prepare_goods_values(entry, refund)] + [
            self._prepare_discount_values(entry.browse(discount.line), discount.amounts)
            for discount in refund.discounts
            if discount.amounts.gross
        ]

    def _prepare_goods_values(self, entry, refund):
        """Units of an invoiced line, at the price of the invoice."""
        quantity = float(refund.quantity)
        if entry.product_uom_id:
            quantity = self.product_uom_id._compute_quantity(
                quantity, entry.product_uom_id, rounding_method="HALF-UP"
            )
        return self._prepare_credit_line_values(entry, refund.amounts) | {
            "quantity": quantity,
            "discount": entry.discount,
            "price_unit": entry.price_unit,
            "sale_line_ids": [Command.set(entry.sale_line_ids.ids)],
            "extra_tax_data": self._prepare_tax_data(
                entry, refund.amounts, quantity, entry.price_unit, entry.discount
            ),
        }

    def _prepare_discount_values(self, entry, amounts):
        """The share of an order discount that the returned units had.

        Not linked to the discount's order line: Odoo would take the whole discount
        for not invoiced any more, and ask for a new invoice of it.
        """
        digits = self.env["decimal.precision"].precision_get("Product Price")
        price = round(float(amounts.net), digits)
        return self._prepare_credit_line_values(entry, amounts) | {
            "quantity": 1.0,
            "price_unit": price,
            "extra_tax_data": self._prepare_tax_data(entry, amounts, 1.0, price, 0.0),
        }

    def _prepare_credit_line_values(self, entry, amounts):
        """Values of any line that gives back a part of an invoiced line; extend to
        carry over what an addon put on invoice lines."""
        return {
            "product_id": entry.product_id.id,
            "name": entry.name,
            "account_id": entry.account_id.id,
            "product_uom_id": entry.product_uom_id.id,
            "tax_ids": [Command.set(entry.tax_ids.ids)],
            "analytic_distribution": entry.analytic_distribution,
            "oms_return_line_id": self.id,
            "oms_refunded_line_id": entry.id,
        }

    def _prepare_tax_data(self, entry, amounts, quantity, price_unit, discount):
        """The engine's amounts, where Odoo keeps those that it must not compute.

        It uses them as long as quantity, price and discount are those named here.
        """
        return {
            "currency_id": entry.currency_id.id,
            "price_unit": price_unit,
            "discount": discount,
            "quantity": quantity,
            "manual_total_excluded_currency": float(amounts.net),
            "manual_tax_amounts": {
                str(tax.id): {
                    "tax_amount_currency": float(tax.amount),
                    "base_amount_currency": float(tax.base),
                }
                for tax in amounts.taxes
            }
            # Without any tax, Odoo would not read the manual net amount either.
            or {"0": {}},
        }

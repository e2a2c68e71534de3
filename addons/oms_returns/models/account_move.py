# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import fields, models

from ..engine.refund import InvoicedLine, bear_discounts
from ..engine.shares import ZERO, Amounts, Tax

NOTHING = (ZERO, Amounts())


class AccountMove(models.Model):
    _inherit = "account.move"

    oms_return_id = fields.Many2one(
        "oms.return", string="Return", copy=False, readonly=True, index="btree_not_null"
    )

    # === HOOKS ===

    def _invoice_paid_hook(self):
        """Override of `account`: a return is done when the buyer has the money."""
        result = super()._invoice_paid_hook()
        self.oms_return_id._on_refunds_paid()
        return result

    # === RETURNS ===

    def _get_oms_invoiced_lines(self):
        """The sold lines of these invoices, and what was given back of them.

        Read from the books as they were posted: tax details with the roundings of
        the whole document, manual changes of tax lines included.

        :return: {invoice line id: tuple of one InvoicedLine}, posted invoices only,
            quantities in the order line's unit
        """
        posted = self.filtered(lambda move: move.state == "posted").with_prefetch()
        # Read at once what the tax computation reads document by document.
        posted.line_ids.with_prefetch().fetch(
            ["tax_ids", "tax_tag_ids", "sale_line_ids", "product_uom_id"]
        )
        invoices = posted.filtered(lambda move: move.move_type == "out_invoice")
        refunds = posted.filtered(lambda move: move.move_type == "out_refund")
        credited = refunds._get_oms_credited(invoices)
        answer = {}
        for invoice in invoices:
            lines = [
                InvoicedLine(
                    id=entry.id,
                    quantity=entry._get_oms_sold_quantity(),
                    amounts=amounts,
                    refunded_quantity=credited.get(entry.id, NOTHING)[0],
                    refunded=credited.get(entry.id, NOTHING)[1],
                )
                for entry, amounts in invoice._get_oms_amounts().items()
                if not entry.is_downpayment and entry.quantity
            ]
            digits = invoice.currency_id.decimal_places
            for line in bear_discounts(lines, digits):
                answer[line.id] = (line,)
        return answer

    def _get_oms_amounts(self):
        """What each product line comes to, in the document's currency.

        :return: {line: Amounts}
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places

        def exact(amount):
            return Decimal(f"{amount:.{digits}f}")

        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        amounts = {}
        for base_line in base_lines:
            details = base_line["tax_details"]
            amounts[base_line["record"]] = Amounts(
                exact(
                    details["total_excluded_currency"]
                    + details["delta_total_excluded_currency"]
                ),
                tuple(
                    Tax(
                        data["tax"].id,
                        exact(data["base_amount_currency"]),
                        exact(data["tax_amount_currency"]),
                    )
                    for data in details["taxes_data"]
                    if not data["is_reverse_charge"]
                ),
            )
        return {
            entry: amount
            for entry, amount in amounts.items()
            if entry.display_type == "product"
        }

    def _get_oms_credited(self, invoices):
        """What these credit notes gave back: {invoice line id: (quantity, Amounts)}.

        A credit note made by hand does not say which invoice line it means: it is
        taken for the first of the same order line, on the invoice that it reverses.
        """
        by_sale_line = {}
        for entry in invoices.invoice_line_ids.sorted("id", reverse=True):
            for sale_line in entry.sale_line_ids:
                by_sale_line[sale_line, entry.move_id] = entry
                by_sale_line[sale_line, self.browse()] = entry
        credited = {}
        for refund in self:
            for entry, amounts in refund._get_oms_amounts().items():
                target = entry.oms_refunded_line_id or by_sale_line.get(
                    (entry.sale_line_ids[:1], refund.reversed_entry_id)
                )
                if target:
                    quantity, known = credited.get(target.id, NOTHING)
                    credited[target.id] = (
                        quantity + entry._get_oms_sold_quantity(),
                        known + amounts,
                    )
        return credited

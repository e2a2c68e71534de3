# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from odoo import fields, models
from odoo.fields import Command

from odoo.addons.oms_core.tools.unheld import unheld

from ..engine.settling import cancel_all, gross, units_paid
from ..engine.shares import apportion


@dataclass(slots=True)
class Credit:
    """What one order line has too much on its invoices."""

    line: Any
    entry: Any
    quantity: Decimal
    kept: Decimal
    net: Decimal
    tax: Decimal


class OmsOrderImporter(models.AbstractModel):
    """Credit notes of what the shop has given back and was invoiced here.

    A credit note is what the posted invoices of a line say less what the line costs
    by the shop's newest word. So a refund is credited once, in whatever order and
    however often it is told, also if it was credited here first.
    """

    _inherit = "oms.order.importer"

    def _credit_refunds(self, updates):
        """Make and post one credit note for each order that has too much invoiced."""
        # The money has gone back already, whatever a hold says here.
        notes = unheld(self.env["account.move"]).create(
            [
                values
                for update in updates
                if update.facts.invoice
                and {"refund", "content", "cancelled"} & update.done
                and (values := self._prepare_credit_note(update))
            ]
        )
        notes.action_post()
        notes._pay_back_oms_refunds()

    def _prepare_credit_note(self, update):
        order = update.order
        credits = self._list_credits(update)
        total = sum((credit.net + credit.tax for credit in credits), Decimal(0))
        if order.currency_id.compare_amounts(float(total), 0.0) <= 0:
            return None
        invoice = credits[0].entry.move_id
        return {
            "move_type": "out_refund",
            "oms_from_channel": True,
            "reversed_entry_id": invoice.id,
            "partner_id": invoice.partner_id.id,
            "partner_shipping_id": invoice.partner_shipping_id.id,
            "company_id": invoice.company_id.id,
            "journal_id": invoice.journal_id.id,
            "currency_id": invoice.currency_id.id,
            "fiscal_position_id": invoice.fiscal_position_id.id,
            "team_id": invoice.team_id.id,
            "invoice_user_id": invoice.invoice_user_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": order.name,
            "invoice_payment_term_id": False,
            "ref": self.env._(
                "Refund in %(channel)s of %(order)s",
                channel=order.oms_channel_id.name,
                order=order.oms_external_number or order.name,
            ),
            "invoice_line_ids": [
                Command.create(self._prepare_credit_line(credit)) for credit in credits
            ],
        }

    # === HOW MUCH ===

    def _list_credits(self, update):
        """What each line has too much; money beside the lines comes last."""
        order, after = update.order, update.after
        if order.state == "cancel" and after.cancelled_at:
            after = cancel_all(after)
        target = {
            line.external_id: line for line in self._settle(after, order.currency_id)
        }
        units = units_paid(after)
        credits = []
        for line in order.order_line:
            entries = line.invoice_lines.filtered(
                lambda entry: entry.parent_state == "posted"
            )
            wanted = target.get(line.oms_external_id)
            if not line.oms_external_id or (not entries and line.price_total == 0):
                continue
            credit = self._get_credit(
                line,
                entries,
                units.get(line.oms_external_id, Decimal(0)),
                *self._get_amounts_left(wanted, after.taxes_included),
            )
            if credit:
                credits.append(credit)
        invoiced = [credit for credit in credits if credit.entry]
        beside = [credit for credit in credits if not credit.entry]
        for credit in beside:
            credit.entry = invoiced[0].entry if invoiced else credit.entry
        return [*invoiced, *beside] if invoiced else []

    def _get_amounts_left(self, target, taxes_included):
        """(net, tax) that the line costs by the shop's word."""
        if not target:
            return Decimal(0), Decimal(0)
        return gross(target, taxes_included) - target.tax, target.tax

    def _get_credit(self, line, entries, units, net, tax):
        currency = line.currency_id

        def exact(amount):
            return Decimal(f"{amount:.{currency.decimal_places}f}")

        sign = {"out_invoice": 1, "out_refund": -1}
        charged = sum(
            (sign[e.move_type] * exact(e.price_subtotal) for e in entries), Decimal(0)
        )
        total = sum(
            (sign[e.move_type] * exact(e.price_total) for e in entries), Decimal(0)
        )
        net, tax = charged - net, total - charged - tax
        beside = not entries and line.oms_external_id.startswith("refund-")
        if not (beside or entries) or (net + tax <= 0 and not beside):
            return None
        if not (net or tax):
            return None
        invoiced = Decimal(str(line.qty_invoiced_posted))
        quantity = max(invoiced - units, Decimal(0)) or Decimal(1)
        if beside:
            quantity = Decimal(-1)
        ordered = Decimal(str(line.product_uom_qty))
        known = Decimal(str(line.oms_credited_qty))
        kept = min(max(ordered - invoiced + quantity - known, Decimal(0)), quantity)
        bills = entries.filtered(lambda e: e.move_type == "out_invoice")
        return Credit(line, bills[-1:], quantity, max(kept, Decimal(0)), net, tax)

    # === VALUES ===

    def _prepare_credit_line(self, credit):
        line, entry = credit.line, credit.entry
        own = line in entry.sale_line_ids
        digits = self.env["decimal.precision"].precision_get("Product Price")
        included = any(line.tax_ids.mapped("price_include"))
        worth = credit.net + credit.tax if included else credit.net
        price = round(float(worth / credit.quantity), digits)
        taxes = self._share_tax(line, credit)
        values = {
            "product_id": line.product_id.id,
            "name": line.name,
            "product_uom_id": line.product_uom_id.id,
            "quantity": float(credit.quantity),
            "price_unit": price,
            "discount": 0.0,
            "tax_ids": [Command.set(line.tax_ids.ids)],
            "analytic_distribution": entry.analytic_distribution if own else False,
            "sale_line_ids": [Command.set(line.ids)],
            "oms_units_kept": float(credit.kept),
            "extra_tax_data": {
                "currency_id": line.currency_id.id,
                "price_unit": price,
                "discount": 0.0,
                "quantity": float(credit.quantity),
                "manual_total_excluded_currency": float(credit.net),
                # Without any tax, Odoo would not read the given net amount either.
                "manual_tax_amounts": taxes or {"0": {}},
            },
        }
        return values | ({"account_id": entry.account_id.id} if own else {})

    def _share_tax(self, line, credit):
        """The tax of a credit by the taxes of its line, as they were charged."""
        given = (line.extra_tax_data or {}).get("manual_tax_amounts", {})
        weights = [
            abs(Decimal(str(given.get(str(tax.id), {}).get("tax_amount_currency", 0))))
            for tax in line.tax_ids
        ]
        if not weights:
            return {}
        if not any(weights):
            weights = [Decimal(str(abs(tax.amount))) for tax in line.tax_ids]
        return {
            str(tax.id): {
                "tax_amount_currency": float(share),
                "base_amount_currency": float(credit.net),
            }
            for tax, share in zip(
                line.tax_ids, apportion(credit.tax, weights), strict=True
            )
        }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsOrderImporter(models.AbstractModel):
    """Orders whose buyers pay our invoice later, as far as they have credit."""

    _inherit = "oms.order.importer"

    def _prepare_order_values(self, channel, order, found):
        values = super()._prepare_order_values(channel, order, found)
        _buyer, payer, _receiver = found["partners"][order.external_id]
        terms = payer.commercial_partner_id.property_payment_term_id
        if self._is_paid(order):
            return values
        if channel.sells_on_account or (channel.terms_on_account and terms):
            values |= {"oms_on_account": True, "payment_term_id": terms.id}
        return values

    def _is_on_account(self, sale_order):
        return sale_order.oms_on_account or sale_order.oms_channel_id.sells_on_account

    # === CREDIT LIMIT ===

    def _get_holds(self, channel, sale_order, order, found):
        return [
            *super()._get_holds(channel, sale_order, order, found),
            *(
                {"order": sale_order, **hold}
                for hold in self._get_credit_holds(sale_order, order, found)
            ),
        ]

    def _get_credit_holds(self, sale_order, order, found):
        """What exceeds the limit that accounting has set for a customer."""
        company = sale_order.company_id
        if (
            not sale_order.oms_on_account
            or not company.account_use_credit_limit
            or order.cancelled_at
        ):
            return
        if "owed" not in found:
            found["owed"] = self._read_owed(found["partners"])
        payer = sale_order.partner_invoice_id.commercial_partner_id
        found["owed"][payer] += sale_order.currency_id._convert(
            sale_order.amount_total,
            company.currency_id,
            company,
            fields.Date.to_date(sale_order.date_order),
        )
        owed = found["owed"][payer]
        limit = payer.sudo().credit_limit  # importers need not be accountants
        if limit and company.currency_id.compare_amounts(owed, limit) > 0:
            yield {
                "type": "payment",
                "reason": self.env._(
                    "%(customer)s would owe %(owed)s with this order, and may owe "
                    "%(limit)s; raise the limit on the contact, or wait for a payment, "
                    "then release",
                    customer=payer.display_name,
                    owed=company.currency_id.format(owed),
                    limit=company.currency_id.format(limit),
                ),
                "data": {"credit": True},
            }

    def _read_owed(self, partners):
        """{customer: what they owe}, invoiced or not, for all orders of the batch"""
        payers = self.env["res.partner"].union(
            *(payer.commercial_partner_id for _buyer, payer, _to in partners.values())
        )
        known = payers.sudo()  # importers need not be accountants
        return {payer: payer.credit + payer.credit_to_invoice for payer in known}

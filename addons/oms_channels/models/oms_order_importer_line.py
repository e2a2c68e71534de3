# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models
from odoo.fields import Command

from ..engine import amounts
from ..engine.settling import settle


class OmsOrderImporter(models.AbstractModel):
    """Lines with the channel's amounts as given, exact to the cent."""

    _inherit = "oms.order.importer"

    def _prepare_lines_values(self, channel, order, found):
        currency = found["currencies"][order.currency]
        values = [
            self._prepare_line_values(line, order, found, sequence)
            for sequence, line in enumerate(self._settle(order, currency), 10)
        ]
        difference = order.total - order.lines_total
        if difference and abs(difference) <= Decimal(str(channel.rounding_limit)):
            values.append(self._prepare_rounding_values(difference))
        return values

    def _settle(self, order, currency, invoiced=()):
        """The lines as they are to be delivered and paid; see ``engine.settling``."""
        return settle(order, currency.decimal_places, invoiced)

    def _prepare_line_values(self, line, order, found, sequence):
        key = order.external_id, line.external_id
        product = found["bundles"].get(key) or found["products"][line]
        return {
            "sequence": sequence,
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "name": self._get_line_name(line, product),
            "oms_external_id": line.external_id,
            "oms_external_sku": line.sku or False,
            "oms_external_barcode": line.barcode or False,
            "oms_external_parent": line.parent or False,
            "product_uom_qty": float(line.quantity),
            "customer_lead": product.sale_delay,
            "price_unit": float(line.unit_price),
            "discount": float(amounts.discount_percent(line)),
            "is_delivery": line.kind == "shipping",
        } | self._prepare_amounts(line, order, found)

    def _get_line_name(self, line, product):
        """The line's own text, and the buyer's wishes below it."""
        name = line.name or product.display_name
        return f"{name}\n{line.note}" if line.note else name

    def _prepare_amounts(self, line, order, found):
        """The channel's own amounts, in the form in which Odoo's taxes take them.

        ``extra_tax_data`` is Odoo's field for amounts that were given and must not
        be computed again; it follows the line to the invoice. Its dictionary of
        taxes may not be empty, hence the key that names no tax.
        """
        base = float(amounts.net_without_tax(line, order.taxes_included))
        taxes = {}
        for tax in line.taxes:
            record = found["taxes"][
                tax.title, tax.rate, order.taxes_included, tax.by_channel
            ]
            taxes[record.id] = taxes.get(record.id, Decimal(0)) + tax.amount
        manual = {
            str(tax_id): {
                "tax_amount_currency": float(amount),
                "base_amount_currency": base,
            }
            for tax_id, amount in taxes.items()
        }
        return {
            "tax_ids": [Command.set(list(taxes))],
            "extra_tax_data": {
                "manual_total_excluded_currency": base,
                "manual_tax_amounts": manual or {"0": {}},
                "currency_id": found["currencies"][order.currency].id,
                "price_unit": float(line.unit_price),
                "discount": float(amounts.discount_percent(line)),
                "quantity": float(line.quantity),
                "rate": 0.0,
            },
        }

    def _prepare_rounding_values(self, difference):
        product = self.env["oms.product.resolver"]._get_product_of_kind("rounding")
        return {
            "sequence": 1000,
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "name": self.env._("Rounding difference of the channel"),
            "product_uom_qty": 1.0,
            "customer_lead": product.sale_delay,
            "price_unit": float(difference),
            "discount": 0.0,
            "tax_ids": [Command.clear()],
        }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, models

HUNDRED = Decimal(100)


class OmsTaxResolver(models.AbstractModel):
    """Which tax here stands for each rate that a channel charged."""

    _name = "oms.tax.resolver"
    _description = "Taxes of Channel Orders"

    @api.model
    def _resolve(self, channel, orders):
        """Taxes by the channel's mapping, else by rate; a rate nobody knows is added.

        A tax made here is a copy of the company's default sales tax (its accounts
        and reports) at that rate, and is written into the mapping, where a person
        may point it elsewhere.

        :return: {(title, rate, is included): account.tax}
        """
        wanted = {
            (tax.title, tax.rate, order.taxes_included)
            for order in orders
            for line in order.lines
            for tax in line.taxes
        }
        mapped = {
            (row.title, self._get_rate(row.rate), row.is_included): row.tax_id
            for row in self.env["oms.channel.tax"].search(
                [("channel_id", "=", channel.id)]
            )
        }
        missing = sorted(wanted - set(mapped), key=str)
        if missing:
            mapped |= self._add(channel, missing)
        return mapped

    def _get_rate(self, percent):
        return (Decimal(str(percent)) / HUNDRED).normalize()

    def _add(self, channel, keys):
        by_rate = self._find_by_rate(channel.company_id)
        lacking = {key[1:]: key for key in keys if key[1:] not in by_rate}
        created = self._create_taxes(channel.company_id, list(lacking.values()))
        by_rate |= dict(zip(lacking, created, strict=True))
        found = {key: by_rate[key[1:]] for key in keys}
        self.env["oms.channel.tax"].create(
            [
                {
                    "channel_id": channel.id,
                    "title": title,
                    "rate": float(rate * HUNDRED),
                    "is_included": is_included,
                    "tax_id": found[title, rate, is_included].id,
                }
                for title, rate, is_included in keys
            ]
        )
        return found

    def _find_by_rate(self, company):
        taxes = self.env["account.tax"].search(
            [
                ("company_id", "=", company.id),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
            ],
            order="sequence desc, id desc",
        )
        return {(self._get_rate(t.amount), t.price_include): t for t in taxes}

    def _create_taxes(self, company, keys):
        template = company.account_sale_tax_id
        values = {
            "type_tax_use": "sale",
            "amount_type": "percent",
            "company_id": company.id,
            "tax_group_id": template.tax_group_id.id,
        }
        defaults = [
            {
                "name": f"{title} {(rate * HUNDRED).normalize():f}%"
                + (self.env._(" (included)") if is_included else ""),
                "amount": float(rate * HUNDRED),
                "price_include_override": "tax_included"
                if is_included
                else "tax_excluded",
            }
            for title, rate, is_included in keys
        ]
        # copy_data brings the repartition lines along, and with them the accounts.
        base = template.copy_data()[0] if template else {}
        return self.env["account.tax"].create([base | values | d for d in defaults])

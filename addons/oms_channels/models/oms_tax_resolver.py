# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, models
from odoo.fields import Command

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
        may point it elsewhere. Two are not copied from there: a rate of nought,
        which says nothing of why, and a tax that the channel collects for the state.

        :return: {(title, rate, is included, by channel): account.tax}
        """
        wanted = {
            (tax.title, tax.rate, order.taxes_included, tax.by_channel)
            for order in orders
            for line in order.lines
            for tax in line.taxes
        }
        mapped = {
            (row.title, self._get_rate(row.rate), row.is_included, row.by_channel): (
                row.tax_id
            )
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
                    "by_channel": by_channel,
                    "tax_id": found[title, rate, is_included, by_channel].id,
                }
                for title, rate, is_included, by_channel in keys
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
        return {
            (self._get_rate(t.amount), t.price_include, t.oms_by_channel): t
            for t in taxes
        }

    # === NEW TAXES ===

    def _create_taxes(self, company, keys):
        template = company.account_sale_tax_id
        # copy_data brings the repartition lines along, and with them the accounts.
        base = template.copy_data()[0] if template else {}
        base |= {
            "type_tax_use": "sale",
            "amount_type": "percent",
            "company_id": company.id,
            "tax_group_id": template.tax_group_id.id,
        }
        apart = self._prepare_apart(company, template, keys)
        return self.env["account.tax"].create(
            [
                base
                | self._prepare_tax_values(*key)
                | (apart if key[3] else {} if key[1] else self._prepare_untaxed())
                for key in keys
            ]
        )

    def _prepare_tax_values(self, title, rate, is_included, by_channel):
        name = f"{title} {(rate * HUNDRED).normalize():f}%"
        if is_included:
            name += self.env._(" (included)")
        if by_channel:
            name += self.env._(" (collected by the channel)")
        return {
            "name": name,
            "amount": float(rate * HUNDRED),
            "price_include_override": "tax_included" if is_included else "tax_excluded",
        }

    def _prepare_untaxed(self):
        """Of a rate of nought nobody has said in which box of a report it belongs."""
        return self._prepare_repartition({})

    def _prepare_apart(self, company, template, keys):
        """Values of taxes that the channel owes: a liability, in no report."""
        if not any(by_channel for *_key, by_channel in keys):
            return {}
        account = self._get_collected_account(company, template)
        return self._prepare_repartition(
            {"account_id": account.id, "use_in_tax_closing": False}
        ) | {
            "oms_by_channel": True,
            "tax_group_id": self._get_collected_group(company).id,
        }

    def _prepare_repartition(self, values):
        lines = [
            Command.clear(),
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax"} | values),
        ]
        return {
            "invoice_repartition_line_ids": lines,
            "refund_repartition_line_ids": lines,
        }

    def _get_collected_account(self, company, template):
        known = self.env["account.tax"].search(
            [("company_id", "=", company.id), ("oms_by_channel", "=", True)], limit=1
        )
        account = known.invoice_repartition_line_ids.account_id[:1]
        if account:
            return account
        accounts = self.env["account.account"].with_company(company)
        beside = template.invoice_repartition_line_ids.account_id[:1]
        code = beside.with_company(company).code or "251000"
        return accounts.create(
            {
                "name": self.env._("Taxes Collected by Channels"),
                "code": accounts._search_new_account_code(code),
                "account_type": "liability_current",
                "reconcile": True,
                "company_ids": [Command.set(company.ids)],
            }
        )

    def _get_collected_group(self, company):
        groups = self.env["account.tax.group"]
        name = self.env._("Collected by the channel")
        return groups.search(
            [("company_id", "=", company.id), ("name", "=", name)], limit=1
        ) or groups.create({"name": name, "company_id": company.id})

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine.settlements import share_balance
from ..tools.rows import update_rows


class OmsSettlement(models.Model):
    """From a payout to an entry of the bank, made by Odoo's own models.

    One bank statement line a payout: the bank against the clearing account, a line
    for each payment, and the fees. What has no payment lies open on the clearing
    account until somebody matches it.
    """

    _inherit = "oms.settlement"

    def _post(self):
        """Book these payouts and reconcile them with the payments in them.

        :raise UserError: if one does not add up, or an account is missing
        """
        for settlement in self:
            settlement._check_postable()
            # Who works on settlements need not have the rights on bank entries.
            settlement.sudo()._post_one()  # see above

    def _post_complete(self):
        """Post those of which every line is matched.

        :return: why others could not be posted, a sentence each
        """
        complete = self.filtered(
            lambda settlement: (
                settlement.state == "draft" and not settlement.unmatched_count
            )
        )
        return [*filter(None, (settlement._try_post() for settlement in complete))]

    def _try_post(self):
        try:
            with self.env.cr.savepoint():
                self._post()
        except UserError as error:
            return str(error)
        return ""

    def _check_postable(self):
        self.check_access("write")
        if self.state == "posted":
            raise UserError(
                self.env._("Payout %(name)s is posted already.", name=self.external_id)
            )
        if self.currency_id.compare_amounts(self.difference, 0.0):
            raise UserError(
                self.env._(
                    "Payout %(name)s is %(total)s, its lines add up to %(lines)s: a "
                    "difference of %(difference)s. Bring a complete file.",
                    name=self.external_id,
                    total=self.currency_id.format(self.total),
                    lines=self.currency_id.format(self.total - self.difference),
                    difference=self.currency_id.format(self.difference),
                )
            )
        if not self._get_bank_journal():
            raise UserError(
                self.env._(
                    "Gateway %(gateway)s has no bank for its payouts, and channel "
                    "%(channel)s no payment journal. Choose one on the channel, tab "
                    "Money.",
                    gateway=self.gateway_id.name,
                    channel=self.channel_id.name,
                )
            )

    def _post_one(self):
        settlement = self.with_company(self.company_id)
        lines = settlement.line_ids
        lines._book_payments()
        parts = [*lines._prepare_parts(), *settlement._prepare_fee_parts()]
        statement_line = settlement._create_statement_line(parts)
        entries = statement_line.move_id.line_ids.grouped("oms_settlement_line_id")
        booked = lines.filtered(lambda line: line in entries)
        update_rows(booked, [{"entry_id": entries[line][:1].id} for line in booked])
        settlement.write({"statement_line_id": statement_line.id, "state": "posted"})
        lines._reconcile()
        lines._record_events()

    def _create_statement_line(self, parts):
        journal = self._get_bank_journal()
        company = self.company_id.currency_id
        own = journal.currency_id or company
        amount = self._get_bank_amount(own)
        balance = amount
        if own != company:
            balance = (
                self.total
                if self.currency_id == company
                else own._convert(amount, company, self.company_id, self.date)
            )
        is_foreign = own != self.currency_id
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": self.date,
                "payment_ref": self._get_label(),
                "amount": amount,
                "foreign_currency_id": self.currency_id.id if is_foreign else False,
                "amount_currency": self.total if is_foreign else 0.0,
                "line_ids": [
                    Command.create(
                        {
                            "name": self._get_label(),
                            "account_id": journal.default_account_id.id,
                            "currency_id": own.id,
                            "amount_currency": amount,
                            "balance": balance,
                        }
                    ),
                    *map(Command.create, self._balance(parts, balance)),
                ],
            }
        )

    def _get_bank_amount(self, own):
        if own == self.currency_id:
            return self.total
        return self.bank_amount or self.currency_id._convert(
            self.total, own, self.company_id, self.date
        )

    def _get_label(self):
        return self.env._(
            "%(gateway)s payout %(name)s",
            gateway=self.gateway_id.name,
            name=self.external_id,
        )

    def _balance(self, parts, balance):
        """Give each part its worth in the currency of the company, exactly."""
        amounts = [self._exact(part["amount"], self.currency_id) for part in parts]
        company = self.company_id.currency_id
        shares = share_balance(
            amounts,
            self._get_rate(balance),
            -self._exact(balance, company),
            company.decimal_places,
        )
        for part, share in zip(parts, shares, strict=True):
            amount = part.pop("amount")
            part["balance"] = float(share)
            part.setdefault("currency_id", self.currency_id.id)
            part.setdefault("amount_currency", amount)
        return parts

    def _exact(self, amount, currency):
        return Decimal(f"{amount:.{currency.decimal_places}f}")

    def _get_rate(self, balance):
        """That of the payout itself; that of its date if nothing arrived."""
        company = self.company_id.currency_id
        if self.currency_id == company:
            return Decimal(1)
        if self.total:
            return Decimal(str(balance)) / Decimal(str(self.total))
        rate = self.currency_id._get_conversion_rate(
            self.currency_id, company, self.company_id, self.date
        )
        return Decimal(str(rate))

    # === FEES ===

    def _prepare_fee_parts(self):
        """The fees of all lines as one item, and the tax in them."""
        if not self.fees:
            return []
        gateway = self.gateway_id
        if not gateway.fee_account_id:
            raise UserError(
                self.env._(
                    "Payout %(payout)s has fees of %(fees)s, and gateway %(gateway)s "
                    "no account for them. Choose one on channel %(channel)s, tab "
                    "Money.",
                    payout=self.external_id,
                    fees=self.currency_id.format(self.fees),
                    gateway=gateway.name,
                    channel=gateway.channel_id.name,
                )
            )
        name = self.env._("Fees of %(label)s", label=self._get_label())
        tax = gateway.fee_tax_id
        worth = tax.with_context(force_price_include=True).compute_all(
            self.fees, currency=self.currency_id
        )
        taxes = [row for row in worth["taxes"] if row["amount"]]
        charged = sum(row["amount"] for row in taxes)
        base = {
            "name": name,
            "account_id": gateway.fee_account_id.id,
            "amount": self.currency_id.round(self.fees - charged),
            "tax_ids": [Command.set(tax.ids)],
            "tax_tag_ids": [Command.set(worth["base_tags"] if tax else [])],
        }
        return [base, *(self._prepare_tax_part(row, name) for row in taxes)]

    def _prepare_tax_part(self, row, name):
        return {
            "name": f"{row['name']}: {name}",
            "account_id": row["account_id"] or self.gateway_id.fee_account_id.id,
            "amount": row["amount"],
            "tax_repartition_line_id": row["tax_repartition_line_id"],
            "tax_base_amount": abs(row["base"]),
            "tax_tag_ids": [Command.set(row["tag_ids"])],
        }

    # === UNDOING ===

    def _reset(self):
        """Take the entry back; nothing is lost, since the payout is kept as it came.

        :raise UserError: if the entry is in a closed period
        """
        self.check_access("write")
        for settlement in self.filtered(lambda s: s.state == "posted"):
            # As for posting: the rights on settlements suffice.
            known = settlement.sudo()  # see above
            entry = known.statement_line_id
            entry.move_id._check_fiscal_lock_dates()
            entry.move_id.line_ids.remove_move_reconcile()
            known.line_ids.payment_id.is_settled = False
            known.write({"statement_line_id": False, "state": "draft"})
            known.line_ids.entry_id = False
            entry.unlink()

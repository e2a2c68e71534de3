# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields, models


class AccountMove(models.Model):
    """Credit notes of returns, and the payments that settle them."""

    _inherit = "account.move"

    oms_payout_ids = fields.One2many("account.payment", "oms_refund_id", readonly=True)

    def _get_oms_refund_journal(self):
        """Where the money of a credit note goes out: where the invoice's came in."""
        self.ensure_one()
        payments = self.reversed_entry_id._get_reconciled_payments()
        payments |= self.reversed_entry_id.matched_payment_ids
        channel = self.oms_return_id.channel_id
        journals = payments.journal_id | channel.payment_journal_id
        return journals.filtered("outbound_payment_method_line_ids")[:1]

    def _prepare_oms_payout_values(self, journal):
        """Values of the payment that gives a credit note's money back."""
        self.ensure_one()
        receivable = self._get_oms_receivable_lines()
        return {
            "payment_type": "outbound",
            "partner_type": "customer",
            "partner_id": self.commercial_partner_id.id,
            "amount": self.amount_residual,
            "currency_id": self.currency_id.id,
            "company_id": self.company_id.id,
            "journal_id": journal.id,
            "payment_method_line_id": journal.outbound_payment_method_line_ids[:1].id,
            "destination_account_id": receivable[:1].account_id.id,
            "memo": self.name,
            "invoice_ids": [Command.set(self.ids)],
            "oms_refund_id": self.id,
        }

    def _get_oms_receivable_lines(self):
        return self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )

    def _match_oms_payouts(self):
        """Settle credit notes with their payments, all in one go.

        A payment on a journal without an outstanding account has no entry before
        the bank statement arrives; it counts as paid because it names the credit
        note (``invoice_ids``).
        """
        plan = []
        for move in self:
            payments = move.oms_payout_ids
            entries = payments.move_id.line_ids.filtered(
                lambda line: (
                    line.account_type == "asset_receivable" and not line.reconciled
                )
            )
            if entries:
                plan.append(entries | move._get_oms_receivable_lines())
        if plan:
            self.env["account.move.line"]._reconcile_plan(plan)
        self._record_oms_payouts()

    def _record_oms_payouts(self):
        self.env["oms.event"]._record(
            [
                {
                    "order": move.oms_return_id.order_id,
                    "kind": "payment",
                    "sentence": self.env._(
                        "%(amount)s of credit note %(name)s paid back.",
                        amount=move.currency_id.format(
                            sum(move.oms_payout_ids.mapped("amount"))
                        ),
                        name=move.name,
                    ),
                    "document": move,
                    "buyer_visible": True,
                }
                for move in self
            ]
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class OmsPayment(models.Model):
    """From the channel's word to the ledger."""

    _inherit = "oms.payment"

    def _book(self):
        """Book the captures that are not booked yet on the gateway's journal.

        :return: the payments of all these captures, posted
        """
        captures = self.filtered(lambda p: p.kind == "capture" and p.amount)
        new = captures._get_bookable().filtered(lambda p: not p.payment_id)
        journals = new._get_journals()
        payments = self.env["account.payment"].create(
            [p._prepare_payment_values(journals[p]) for p in new]
        )
        for capture, payment in zip(new, payments, strict=True):
            capture.payment_id = payment
        payments.action_post()
        self.env["oms.event"]._record(
            [
                {
                    "order": capture.order_id,
                    "kind": "payment",
                    "sentence": self.env._(
                        "Payment of %(amount)s registered (%(journal)s).",
                        amount=capture.currency_id.format(capture.amount),
                        journal=capture.payment_id.journal_id.name,
                    ),
                    "document": capture.payment_id,
                }
                for capture in new
            ]
        )
        return captures.payment_id

    def _get_journals(self):
        """The journal of each payment: the channel's, else the company's first bank."""
        journals = {}
        for company, payments in self.grouped("company_id").items():
            bank = self.env["account.journal"].search(
                [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
            )
            for payment in payments:
                channel = payment.order_id.oms_channel_id
                journals[payment] = channel.payment_journal_id or bank
                if not journals[payment]:
                    raise UserError(
                        self.env._(
                            "Channel %(channel)s has no payment journal, and company "
                            "%(company)s has no bank journal. Choose one on the "
                            "channel.",
                            channel=channel.name,
                            company=company.name,
                        )
                    )
        return journals

    def _prepare_payment_values(self, journal):
        """Values of the payment; extend to add what a gateway needs."""
        order = self.order_id
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": order.partner_invoice_id.commercial_partner_id.id,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "date": self.date.date(),
            "journal_id": journal.id,
            "company_id": order.company_id.id,
            "memo": f"{order.oms_external_number or order.name} {self.external_id}",
            "invoice_ids": [Command.set(order.invoice_ids.ids)],
        }

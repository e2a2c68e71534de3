# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import Command, fields, models
from odoo.exceptions import UserError


class OmsReturn(models.Model):
    """Money that goes back: a credit note of the invoice, and its payment."""

    _inherit = "oms.return"

    # === CHECK ===

    def _check_refund(self):
        """Refuse a refund that the state, a hold or the books do not permit."""
        self._check_state("received", "done", step=self.env._("refund it"))
        self.order_id._oms_check_operation("refund")

    def _check_refundable(self, plans):
        """Every received line has an invoice to give back from."""
        for line, refunds in plans.items():
            planned = sum(float(refund.quantity) for refund in refunds)
            missing = line.quantity_received - planned
            if line.product_uom_id.compare(missing, 0.0) > 0:
                raise UserError(
                    self.env._(
                        "%(return)s: %(missing)g of %(product)s are on no posted "
                        "invoice of %(order)s, or were credited already. Post the "
                        "invoice first, or close the return without a refund.",
                        **{
                            "return": line.return_id.name,
                            "missing": missing,
                            "product": line.product_id.display_name,
                            "order": line.order_id.name,
                        },
                    )
                )

    def _check_closable(self):
        self._check_state("received", "done", step=self.env._("close it"))
        for rma in self:
            if rma.refund_state == "due":
                raise UserError(
                    self.env._(
                        "Return %(name)s has a credit note that is not paid out: "
                        "register its payment, and the return closes itself.",
                        name=rma.name,
                    )
                )

    # === BUSINESS ===

    def _close(self):
        """End returns for which no money goes back."""
        self._set_done()
        return True

    def _refund(self):
        """Credit what was received, and pay it back as it was paid.

        A credit note lowers what the buyer still owes; only what is left of it is
        paid out. Refunding a second time does nothing but pay what is still due.
        """
        todo = self.filtered(lambda rma: rma.state == "received" and not rma.refund_ids)
        todo.line_ids.sale_line_id._lock_oms_returns()
        plans = todo.line_ids.filtered("quantity_received")._plan_refunds()
        todo._check_refundable(plans)
        todo._create_credit_notes(plans)
        self._post_credit_notes()
        self._pay_credit_notes()
        self._on_refunds_paid()
        return True

    def _on_refunds_paid(self):
        """Close the received returns of which nothing is left to pay."""
        self.filtered(
            lambda rma: rma.state == "received" and rma.refund_state == "refunded"
        )._set_done()

    # === CREDIT NOTES ===

    def _create_credit_notes(self, plans):
        """One draft credit note for each return and invoice, in one go."""
        entry = self.env["account.move.line"]
        groups = defaultdict(list)
        for line, refunds in plans.items():
            for refund in refunds:
                invoice = entry.browse(refund.line).move_id
                groups[line.return_id, invoice].append((line, refund))
        return self.env["account.move"].create(
            [
                rma._prepare_credit_note_values(invoice)
                | {
                    "invoice_line_ids": [
                        Command.create(values)
                        for line, refund in refunds
                        for values in line._prepare_credit_lines(refund)
                    ]
                }
                for (rma, invoice), refunds in groups.items()
            ]
        )

    def _prepare_credit_note_values(self, invoice):
        """Values of the credit note; extend to add a reference of the channel."""
        self.ensure_one()
        return {
            "move_type": "out_refund",
            "reversed_entry_id": invoice.id,
            "oms_return_id": self.id,
            "partner_id": invoice.partner_id.id,
            "partner_shipping_id": invoice.partner_shipping_id.id,
            "company_id": invoice.company_id.id,
            "journal_id": invoice.journal_id.id,
            "currency_id": invoice.currency_id.id,
            "fiscal_position_id": invoice.fiscal_position_id.id,
            "team_id": invoice.team_id.id,
            "invoice_user_id": invoice.invoice_user_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": self.order_id.name,
            "invoice_payment_term_id": False,
            "ref": self.env._(
                "Return %(return)s of %(order)s, reversal of %(invoice)s",
                **{
                    "return": self.name,
                    "order": self.order_id.name,
                    "invoice": invoice.name,
                },
            ),
        }

    def _post_credit_notes(self):
        """Post them, at most one of each invoice at a time.

        Posting matches a credit note with its invoice pair by pair, and pairs up
        wrongly when two of them reverse the same invoice.
        """
        drafts = self.refund_ids.filtered(lambda move: move.state == "draft")
        while drafts:
            first_of_each = drafts.browse(
                moves.sorted("id")[:1].id
                for moves in drafts.grouped("reversed_entry_id").values()
            )
            first_of_each.action_post()
            drafts -= first_of_each

    # === PAYMENT ===

    def _pay_credit_notes(self):
        """Pay out what the posted credit notes leave, through the way it came in.

        Where no way is known (nothing was paid through a journal, and the channel
        names none) the money stays due, and the return says so.
        """
        due = self.refund_ids.filtered(
            lambda move: (
                move.state == "posted"
                and move.payment_state in ("not_paid", "partial")
                and not move.currency_id.is_zero(move.amount_residual)
            )
        )
        payments = self.env["account.payment"].create(
            [
                move._prepare_oms_payout_values(journal)
                for move in due
                if (journal := move._get_oms_refund_journal())
            ]
        )
        payments.action_post()
        payments.oms_refund_id._match_oms_payouts()

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class OmsSettlementLine(models.Model):
    """One thing that a gateway has paid out or kept: a payment, a refund, a fee."""

    _name = "oms.settlement.line"
    _description = "Settlement Line"
    _order = "settlement_id desc, date, id"
    _rec_name = "external_id"
    _check_company_auto = True

    settlement_id = fields.Many2one(
        "oms.settlement", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    channel_id = fields.Many2one(related="settlement_id.channel_id")
    currency_id = fields.Many2one(related="settlement_id.currency_id")
    settlement_state = fields.Selection(related="settlement_id.state", string="Payout")
    external_id = fields.Char(
        "Channel's Number", required=True, readonly=True, help="As the gateway has it."
    )
    date = fields.Datetime(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("charge", "Payment"),
            ("refund", "Refund"),
            ("fee", "Fee"),
            ("reserve", "Reserve"),
            ("dispute", "Dispute"),
            ("tax", "Tax collected"),
            ("adjustment", "Adjustment"),
        ],
        required=True,
        readonly=True,
    )
    gross = fields.Monetary(readonly=True)
    fee = fields.Monetary(readonly=True)
    net = fields.Monetary(readonly=True)
    order_ref = fields.Char("Order Number", readonly=True)
    payment_ref = fields.Char("Transaction", readonly=True)
    note = fields.Char(readonly=True)
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    payment_id = fields.Many2one(
        "oms.payment",
        "Payment of the Order",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="What the channel said of this money when the order came.",
    )
    suggested_payment_id = fields.Many2one(
        "oms.payment", "Suggestion", readonly=True, ondelete="set null"
    )
    state = fields.Selection(
        [
            ("matched", "Matched"),
            ("unmatched", "Not matched"),
            ("none", "Nothing to match"),
        ],
        default="none",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Text(readonly=True, help="Why no payment was found.")
    entry_id = fields.Many2one(
        "account.move.line",
        "Journal Item",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="account.group_account_readonly,account.group_account_invoice",
    )

    _external_uniq = models.Constraint(
        "UNIQUE(settlement_id, external_id)",
        "This line of the payout is known already.",
    )
    # A payment is paid out once.
    _payment_uniq = models.UniqueIndex(
        "(payment_id) WHERE payment_id IS NOT NULL",
        "This payment has been settled by another line already.",
    )

    # === MATCHING BY HAND ===

    def write(self, values):
        """Override to book what somebody has matched by hand."""
        if "payment_id" not in values or self.env.context.get("oms_matching"):
            return super().write(values)
        self._check_rematch()
        result = super().write(values)
        self.with_context(oms_matching=True)._set_matched_by_hand()
        return result

    def action_take_suggestion(self):
        for line in self.filtered("suggested_payment_id"):
            line.payment_id = line.suggested_payment_id

    def action_view_order(self):
        self.ensure_one()
        return self.order_id.get_formview_action()

    def _check_rematch(self):
        for line in self.filtered("payment_id"):
            if line.settlement_id.state == "posted":
                raise UserError(
                    self.env._(
                        "%(line)s of payout %(payout)s is posted with order %(order)s. "
                        "Reset the payout to draft, then match it anew.",
                        line=line.external_id,
                        payout=line.settlement_id.external_id,
                        order=line.payment_id.order_id.name,
                    )
                )

    def _set_matched_by_hand(self):
        for line in self:
            payment = line.payment_id
            line.write(
                {
                    "state": "matched" if payment else line._get_open_state(),
                    "order_id": payment.order_id.id or line.order_id.id,
                    "reason": False,
                    "suggested_payment_id": False,
                }
            )
        self.filtered("payment_id")._book_late()

    def _get_open_state(self):
        return "unmatched" if self.kind in ("charge", "refund") else "none"

    @api.onchange("payment_id")
    def _onchange_payment_id(self):
        if self.payment_id:
            self.order_id = self.payment_id.order_id

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class OmsSettlement(models.Model):
    """A payout of a gateway: what arrived at the bank, and what it is made of."""

    _name = "oms.settlement"
    _description = "Settlement"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "external_id"
    _check_company_auto = True

    external_id = fields.Char(
        "Payout", required=True, readonly=True, help="The gateway's own number of it."
    )
    gateway_id = fields.Many2one(
        "oms.channel.gateway", required=True, readonly=True, ondelete="restrict"
    )
    channel_id = fields.Many2one(
        related="gateway_id.channel_id", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date = fields.Date(required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    total = fields.Monetary("Paid Out", readonly=True, help="What arrives at the bank.")
    difference = fields.Monetary(
        readonly=True,
        help="The payout less all of its lines. It is booked only if this is nought.",
    )
    charged = fields.Monetary(compute="_compute_sums", store=True)
    refunded = fields.Monetary(compute="_compute_sums", store=True)
    fees = fields.Monetary(compute="_compute_sums", store=True)
    others = fields.Monetary(
        compute="_compute_sums",
        store=True,
        help="Reserves, disputes, taxes and adjustments.",
    )
    bank_amount = fields.Monetary(
        currency_field="bank_currency_id",
        help="What arrived in the currency of the bank, where that is another one. "
        "Empty: the payout at the rate of its date.",
    )
    bank_currency_id = fields.Many2one(
        "res.currency", compute="_compute_bank_currency_id"
    )
    state = fields.Selection(
        [
            ("refused", "Does not add up"),
            ("draft", "To post"),
            ("posted", "Posted"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    source = fields.Selection(
        [("api", "The platform"), ("file", "A file")], readonly=True
    )
    digest = fields.Char(readonly=True)
    line_ids = fields.One2many("oms.settlement.line", "settlement_id")
    unmatched_line_ids = fields.One2many(
        "oms.settlement.line", "settlement_id", domain=[("state", "=", "unmatched")]
    )
    matched_count = fields.Integer("Matched", compute="_compute_sums", store=True)
    unmatched_count = fields.Integer("Not Matched", compute="_compute_sums", store=True)
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        "Bank Entry",
        readonly=True,
        index="btree_not_null",
        groups="account.group_account_readonly,account.group_account_invoice",
    )

    _external_uniq = models.Constraint(
        "UNIQUE(gateway_id, external_id)", "This payout is known already."
    )

    # === COMPUTE ===

    @api.depends("line_ids.kind", "line_ids.gross", "line_ids.fee", "line_ids.state")
    def _compute_sums(self):
        for settlement in self:
            exact = (settlement.currency_id or self.env.company.currency_id).round
            sums = {"charge": 0.0, "refund": 0.0}
            for line in settlement.line_ids:
                sums[line.kind] = sums.get(line.kind, 0.0) + line.gross
            settlement.fees = exact(sum(settlement.line_ids.mapped("fee")))
            settlement.charged = exact(sums.pop("charge"))
            settlement.refunded = exact(sums.pop("refund"))
            settlement.others = exact(sum(sums.values()))
            states = settlement.line_ids.mapped("state")
            settlement.matched_count = states.count("matched")
            settlement.unmatched_count = states.count("unmatched")

    @api.depends("gateway_id")
    def _compute_bank_currency_id(self):
        for settlement in self:
            journal = settlement._get_bank_journal()
            settlement.bank_currency_id = (
                journal.currency_id or settlement.company_id.currency_id
            )

    def _get_bank_journal(self):
        gateway = self.gateway_id
        return gateway.payout_journal_id or gateway.channel_id.payment_journal_id

    # === DOORS ===

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_posted(self):
        for settlement in self:
            if settlement.state == "posted":
                raise UserError(
                    self.env._(
                        "Payout %(payout)s is posted. Reset it to draft first, then "
                        "delete it.",
                        payout=settlement.external_id,
                    )
                )

    # === ACTIONS ===

    def action_match(self):
        """Look once more for the payments of lines that have none."""
        self.line_ids.filtered(lambda line: line.state == "unmatched")._match()

    def action_post(self):
        self._post()

    def action_reset(self):
        self._reset()

    def action_view_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        orders = self.line_ids.order_id | self.line_ids.payment_id.order_id
        return action | {"domain": [("id", "in", orders.ids)], "context": {}}

    def action_view_entry(self):
        self.ensure_one()
        # The entry is Odoo's: whether it may be read is asked there.
        move = self.sudo().statement_line_id.move_id  # see above
        return {
            "type": "ir.actions.act_window",
            "name": move.name,
            "res_model": "account.move",
            "res_id": move.id,
            "views": [[False, "form"]],
        }

    def action_view_unmatched(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_settlement_line"
        )
        return action | {
            "domain": [("settlement_id", "=", self.id)],
            "context": {"search_default_unmatched": 1},
        }

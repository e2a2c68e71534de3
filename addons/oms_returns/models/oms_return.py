# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STATES = [
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("received", "Received"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("requested", "approved")
REFUND_STATES = [
    ("none", "Nothing refunded"),
    ("due", "To pay out"),
    ("refunded", "Refunded"),
]


class OmsReturn(models.Model):
    """What a buyer sends back of one order: one document, many lines.

    Steps: request, approve (the warehouse expects a receipt), receive (goods move to
    where their disposition says), refund (a credit note, and the money).
    """

    _name = "oms.return"
    _description = "Return"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, check_company=True
    )
    partner_id = fields.Many2one(related="order_id.partner_id", store=True)
    channel_id = fields.Many2one(
        related="order_id.oms_channel_id", store=True, string="Channel"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="order_id.currency_id", store=True)
    external_id = fields.Char(
        copy=False, readonly=True, help="The key that the requesting program gave it."
    )
    state = fields.Selection(
        STATES,
        default="requested",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    reason_id = fields.Many2one("oms.return.reason", index="btree_not_null")
    note = fields.Text(help="What the buyer wrote.")
    refusal_reason = fields.Char(
        "Reason of Refusal", copy=False, help="Told to the buyer when you refuse."
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Returned To",
        compute="_compute_warehouse_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        check_company=True,
        help="The place that receives the goods.",
    )
    line_ids = fields.One2many("oms.return.line", "return_id", copy=True)
    picking_ids = fields.One2many(
        "stock.picking", "oms_return_id", string="Receipts", readonly=True
    )
    picking_count = fields.Integer(compute="_compute_counts")
    refund_ids = fields.One2many(
        "account.move", "oms_return_id", string="Credit Notes", readonly=True
    )
    refund_count = fields.Integer(compute="_compute_counts")
    refund_state = fields.Selection(
        REFUND_STATES,
        string="Refund",
        compute="_compute_refund_state",
        store=True,
        index=True,
        help="“Refunded” only when the buyer has the money, or owes that much less.",
    )
    refund_amount = fields.Monetary(compute="_compute_refund_amount", store=True)
    requested_at = fields.Datetime(
        "Requested", default=fields.Datetime.now, readonly=True, copy=False
    )
    received_at = fields.Datetime("Received", readonly=True, copy=False)

    # One request of a program makes one return, however often it is sent.
    _external_uniq = models.UniqueIndex(
        "(order_id, external_id) WHERE external_id IS NOT NULL",
        "This return was requested already.",
    )

    # === COMPUTE ===

    @api.depends("order_id")
    def _compute_warehouse_id(self):
        for rma in self:
            shipped = rma.order_id.picking_ids.filtered(
                lambda p: p.picking_type_code == "outgoing" and p.state == "done"
            )
            rma.warehouse_id = (
                shipped[:1].picking_type_id.warehouse_id or rma.order_id.warehouse_id
            )

    @api.depends("picking_ids", "refund_ids")
    def _compute_counts(self):
        for rma in self:
            rma.picking_count = len(rma.picking_ids)
            rma.refund_count = len(rma.refund_ids)

    @api.depends("refund_ids.state", "refund_ids.payment_state")
    def _compute_refund_state(self):
        for rma in self:
            posted = rma.refund_ids.filtered(lambda move: move.state == "posted")
            if not posted:
                rma.refund_state = "none"
            elif all(
                move.payment_state in ("paid", "in_payment", "reversed")
                for move in posted
            ):
                rma.refund_state = "refunded"
            else:
                rma.refund_state = "due"

    @api.depends("line_ids.refund_amount")
    def _compute_refund_amount(self):
        for rma in self:
            rma.refund_amount = sum(rma.line_ids.mapped("refund_amount"))

    @api.model
    def _expand_states(self, states, domain):
        """The columns of the board that are shown even when they are empty."""
        return list(dict.fromkeys(["requested", "approved", "received", *states]))

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        unnamed = [vals for vals in vals_list if vals.get("name", "/") == "/"]
        for vals, name in zip(unnamed, self._get_next_names(len(unnamed)), strict=True):
            vals["name"] = name
        returns = super().create(vals_list)
        returns._record_events(self.env._("Return %(name)s requested."))
        return returns

    def _get_next_names(self, count):
        """As many numbers as asked for, in one query where the sequence can."""
        # Whoever may ask for a return may have it numbered.
        sequence = self.env.ref("oms_returns.sequence_oms_return").sudo()  # see above
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _number in range(count)]
        self.env.cr.execute(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(row[0]) for row in self.env.cr.fetchall()]

    @api.ondelete(at_uninstall=False)
    def _unlink_only_without_consequence(self):
        for rma in self:
            if rma.state not in ("requested", "refused", "cancelled"):
                raise UserError(
                    self.env._(
                        "Return %(name)s is %(state)s: it is part of the books. Cancel "
                        "it if nothing was received yet.",
                        name=rma.name,
                        state=rma._get_state_label(),
                    )
                )

    # === CHECK ===

    def _check_state(self, *allowed, step):
        """Refuse a step that the state of a return does not permit."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for rma in self:
            if rma.state not in allowed:
                raise UserError(
                    self.env._(
                        "Return %(name)s is %(state)s; to %(step)s it must be "
                        "%(allowed)s.",
                        name=rma.name,
                        state=labels[rma.state],
                        step=step,
                        allowed=" / ".join(labels[state] for state in allowed),
                    )
                )

    def _get_state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    # === ACTIONS ===

    def action_approve(self):
        self.check_access("write")
        self._check_state("requested", step=self.env._("approve it"))
        return self._approve()

    def action_receive(self):
        self.check_access("write")
        self._check_state("approved", step=self.env._("receive it"))
        return self._receive()

    def action_refund(self):
        self.check_access("write")
        self._check_refund()
        return self._refund()

    def action_close(self):
        self.check_access("write")
        self._check_closable()
        return self._close()

    def action_cancel(self):
        self.check_access("write")
        self._check_state(*OPEN_STATES, "cancelled", step=self.env._("cancel it"))
        return self._cancel()

    def action_refuse(self):
        self.check_access("write")
        self._check_refusal()
        return self._refuse()

    def action_view_pickings(self):
        return self._get_list_action("stock.action_picking_tree_all", self.picking_ids)

    def action_view_refunds(self):
        return self._get_list_action(
            "account.action_move_out_refund_type", self.refund_ids
        )

    def _get_list_action(self, xmlid, records):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action |= {"domain": [("id", "in", records.ids)], "context": {}}
        if len(records) == 1:
            action |= {"res_id": records.id, "views": [(False, "form")]}
        return action

    # === BUSINESS ===

    def _approve(self):
        """Accept requests, and let the warehouse expect the goods."""
        todo = self.filtered(lambda rma: rma.state == "requested")
        todo.line_ids._check_returnable()
        todo._create_receipts()
        todo._set_approved()
        return True

    def _cancel(self):
        todo = self.filtered(lambda rma: rma.state in OPEN_STATES)
        todo.picking_ids.action_cancel()
        todo._set_cancelled()
        return True

    def _check_refusal(self):
        self._check_state("requested", "refused", step=self.env._("refuse it"))
        for rma in self:
            if not rma.refusal_reason:
                raise UserError(
                    self.env._(
                        "Return %(name)s: the buyer will ask why. Fill in “Reason of "
                        "Refusal”, then refuse.",
                        name=rma.name,
                    )
                )

    def _refuse(self):
        self._set_refused()
        return True

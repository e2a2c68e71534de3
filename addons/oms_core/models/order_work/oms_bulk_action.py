# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Orders of one job: a failure takes little back, and the page moves often.
BATCH = 100
CHANGED = "oms_bulk_action/changed"


class OmsBulkAction(models.Model):
    """The same thing done to many orders, in the background, with a result for each."""

    _name = "oms.bulk.action"
    _description = "Bulk Action"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("confirm", "Confirm quotations"),
            ("hold", "Put on hold"),
            ("release", "Release holds"),
            ("cancel", "Cancel"),
            ("carrier", "Set the carrier"),
            ("priority", "Set the priority"),
            ("tag", "Add tags"),
            ("print", "Print pick lists"),
            ("slip", "Print packing slips"),
        ],
        string="Action",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Started By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        help="The action is done with the rights of this user.",
    )
    hold_type_id = fields.Many2one("oms.hold.type", readonly=True)
    carrier_id = fields.Many2one("delivery.carrier", readonly=True)
    priority = fields.Char(readonly=True)
    tag_ids = fields.Many2many("crm.tag", string="Tags", readonly=True)
    reason = fields.Char(readonly=True)
    cancel_reason_id = fields.Many2one("oms.cancel.reason", readonly=True)
    line_ids = fields.One2many("oms.bulk.action.line", "action_id", readonly=True)
    refused_ids = fields.One2many(
        "oms.bulk.action.line",
        "action_id",
        string="Refused Orders",
        domain=[("result", "=", "refused")],
        readonly=True,
    )
    total = fields.Integer("Orders", compute="_compute_progress")
    waiting_count = fields.Integer("Waiting", compute="_compute_progress")
    done_count = fields.Integer("Done", compute="_compute_progress")
    refused_count = fields.Integer("Refused", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress", help="Percent of the orders.")
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("refusals", "Done, with refusals")],
        compute="_compute_progress",
    )

    # === COMPUTE ===

    @api.depends("line_ids.result")
    def _compute_progress(self):
        counts = {}
        for action, result, count in self.env["oms.bulk.action.line"]._read_group(
            [("action_id", "in", self.ids)], ["action_id", "result"], ["__count"]
        ):
            counts[action.id, result] = count
        for action in self:
            waiting, done, refused = (
                counts.get((action.id, result), 0)
                for result in ("waiting", "done", "refused")
            )
            action.waiting_count = waiting
            action.done_count = done
            action.refused_count = refused
            action.total = total = waiting + done + refused
            action.progress = 100.0 * (total - waiting) / total if total else 100.0
            action.state = "running" if waiting else ("refusals" if refused else "done")

    # === ACTIONS ===

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_view_lines(self):
        """The orders of this action, those of the result in the context."""
        self.ensure_one()
        domain = [("action_id", "=", self.id)]
        if result := self.env.context.get("oms_result"):
            domain += [("result", "=", result)]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_bulk_action_line"
        )
        return action | {"domain": domain, "context": {}}

    def action_retry(self):
        """Try those again that were refused."""
        self.line_ids.filtered(lambda line: line.result == "refused")._retry()
        return True

    # === BUSINESS ===

    @api.model
    def _start(self, values, order_ids):
        """Make an action of many orders and let it run.

        :param dict values: of the action; who starts it is its user
        :param list order_ids: ids of sale.order that the user may read
        """
        if not order_ids:
            raise UserError(self.env._("No order is selected. Select some first."))
        # Results are written by the run alone, by nobody's hand.
        action = self.sudo().create(values)  # see above
        self.env.flush_all()
        # One statement, whatever the number; a list twice as long is no bigger job.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO oms_bulk_action_line
                            (action_id, order_id, company_id, result)
                     SELECT %s, id, company_id, 'waiting'
                       FROM sale_order WHERE id = ANY(%s) ORDER BY id
                """,
                action.id,
                list(order_ids),
            )
        )
        action.invalidate_recordset()
        action = action.sudo(False)
        action.line_ids._delay()
        return action

    def _notify_changed(self):
        """Tell the page of whoever started it that it has moved on."""
        for action in self:
            action.user_id._bus_send(CHANGED, {"id": action.id})

    # === WHAT IS DONE ===

    def _act(self, orders):
        """Do it with orders; raises UserError for what is refused."""
        getattr(self, f"_act_{self.kind}")(orders)

    def _act_confirm(self, orders):
        """Quotations become orders; what is an order already stays as it is."""
        cancelled = orders.filtered(lambda order: order.state == "cancel")
        if cancelled:
            raise UserError(
                self.env._(
                    "Order %(order)s is cancelled. Set it to quotation first.",
                    order=", ".join(cancelled.mapped("name")),
                )
            )
        fresh = orders.filtered(lambda order: order.state in ("draft", "sent"))
        fresh.with_context(oms_bulk=True).action_confirm()

    def _act_hold(self, orders):
        self.env["oms.hold"]._place(
            [
                {
                    "order": order,
                    "type": self.hold_type_id.code,
                    "reason": self.reason,
                }
                for order in orders
            ]
        )

    def _act_release(self, orders):
        orders.oms_open_hold_ids._release(self.reason)

    def _act_cancel(self, orders):
        orders._oms_cancel(self.reason, self.cancel_reason_id)

    def _act_carrier(self, orders):
        orders.carrier_id = self.carrier_id

    def _act_priority(self, orders):
        orders.oms_priority = self.priority

    def _act_tag(self, orders):
        orders.tag_ids |= self.tag_ids

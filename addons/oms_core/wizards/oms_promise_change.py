# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class OmsPromiseChange(models.TransientModel):
    """Asks for other dates of orders that were promised already, and why."""

    _name = "oms.promise.change"
    _description = "Promise Anew"

    order_ids = fields.Many2many("sale.order", required=True)
    order_count = fields.Integer(compute="_compute_order_count")
    how = fields.Selection(
        [
            ("found", "The earliest dates that can be kept from now on"),
            ("given", "These dates"),
        ],
        string="Promise",
        default="found",
        required=True,
    )
    ship_by = fields.Datetime(
        compute="_compute_dates", store=True, readonly=False, precompute=True
    )
    deliver_by = fields.Date(
        compute="_compute_dates", store=True, readonly=False, precompute=True
    )
    reason = fields.Char(required=True)

    # === COMPUTE ===

    @api.depends("order_ids")
    def _compute_order_count(self):
        for wizard in self:
            wizard.order_count = len(wizard.order_ids._origin)

    @api.depends("order_ids", "how")
    def _compute_dates(self):
        """Propose for one order what the calendars give."""
        for wizard in self:
            order = wizard.order_ids._origin
            found = order[:1]._find_oms_promises(fields.Datetime.now())
            promise = found.get(order) if len(order) == 1 else None
            wizard.ship_by = promise and promise.ship_by.replace(tzinfo=None)
            wizard.deliver_by = promise and promise.deliver_by

    # === ACTIONS ===

    def action_promise(self):
        self.ensure_one()
        orders = self._get_orders()
        if self.how == "given":
            self._check_dates()
            orders._oms_promise_anew(self.reason, self.ship_by, self.deliver_by)
        else:
            orders._oms_promise_anew(self.reason)
        return {"type": "ir.actions.act_window_close"}

    # === CHECK ===

    def _get_orders(self):
        """Those among the orders whose goods still have to leave."""
        orders = self.order_ids.filtered_domain(self.order_ids._get_oms_due_domain())
        if not orders:
            raise UserError(
                self.env._(
                    "Nothing to promise: these orders are not confirmed, or "
                    "everything has left. Choose orders that still have to be sent."
                )
            )
        return orders

    def _check_dates(self):
        if not self.ship_by or not self.deliver_by:
            raise UserError(
                self.env._("Enter both dates, or let the earliest ones be found.")
            )
        if (
            self.deliver_by
            < fields.Datetime.context_timestamp(self, self.ship_by).date()
        ):
            raise UserError(
                self.env._(
                    "It cannot arrive on %(deliver_by)s and leave on %(ship_by)s. "
                    "Correct one of them.",
                    deliver_by=self.deliver_by,
                    ship_by=self.ship_by,
                )
            )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_list

# Goods still have to leave: only such an order can be late.
UNSENT_STATES = (
    "on_hold",
    "backordered",
    "unfillable",
    "allocated",
    "picking",
    "packed",
    "partially_shipped",
)
FROZEN = ("oms_ship_by", "oms_deliver_by", "oms_promise_broken")
SOON = timedelta(hours=3)


class SaleOrder(models.Model):
    """What the buyer was promised when he bought, and whether it can be kept."""

    _inherit = "sale.order"

    oms_ship_by = fields.Datetime(
        "Ship By",
        copy=False,
        readonly=True,
        help="When the last parcel must leave. Promised at the sale and not changed "
        "since, unless somebody promised anew and said why.",
    )
    oms_deliver_by = fields.Date(
        "Deliver By",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The day on which the buyer has everything.",
    )
    oms_promise_broken = fields.Boolean(
        "Requested Date at Risk",
        copy=False,
        readonly=True,
        help="The date that the customer asked for could not be promised.",
    )
    oms_promise_state = fields.Selection(
        [("on_time", "On time"), ("soon", "Soon"), ("late", "Late")],
        string="Promise",
        compute="_compute_oms_promise_state",
        help="Late: should have left already. Soon: leaves today or is late.",
    )

    # "Late" and "about to be late" are ranges of this index and nothing else.
    _oms_unsent_ship_by_idx = models.Index(
        "(oms_ship_by) WHERE oms_state IN ('{}')".format("', '".join(UNSENT_STATES))
    )

    # === COMPUTE ===

    @api.depends("oms_ship_by", "oms_state")
    @api.depends_context("tz")
    def _compute_oms_promise_state(self):
        now = fields.Datetime.now()
        soon = max(now + SOON, self._get_oms_end_of_today())
        for order in self:
            due = order.oms_ship_by if order.oms_state in UNSENT_STATES else None
            order.oms_promise_state = due and (
                "late" if due < now else "soon" if due < soon else "on_time"
            )

    def _get_oms_end_of_today(self):
        """The reader's next midnight."""
        today = fields.Date.context_today(self)
        midnight = datetime.combine(today + timedelta(days=1), time())
        # The zone is one of pytz, which places a time itself.
        return self.env.tz.localize(midnight).astimezone(UTC).replace(tzinfo=None)

    # === SEARCH ===

    @api.model
    def _get_oms_due_domain(self, start=None, end=None):
        """Orders whose goods are still here, to leave from ``start`` to ``end``.

        One range of one index; the control tower, filters and reports ask with it.
        """
        domain = Domain("oms_state", "in", UNSENT_STATES)
        if start:
            domain &= Domain("oms_ship_by", ">=", start)
        return domain & Domain("oms_ship_by", "<", end) if end else domain

    # === CRUD ===

    def write(self, vals):
        """Override of `sale`: a promise is kept or made anew, not overwritten."""
        if any(name in vals for name in FROZEN):
            self._check_oms_promise_is_open()
        result = super().write(vals)
        if "commitment_date" in vals and (sold := self.filtered("oms_ship_by")):
            sold._oms_promise_anew(self.env._("another delivery date was asked for"))
        return result

    def _check_oms_promise_is_open(self):
        if frozen := self.filtered("oms_ship_by"):
            raise UserError(
                self.env._(
                    "The dates of %(orders)s were promised to the buyer and are not "
                    "overwritten. Use “Promise Anew” and say why.",
                    orders=format_list(self.env, frozen.mapped("display_name")),
                )
            )

    def action_draft(self):
        """Override of `sale`: what is sold once more is promised once more."""
        result = super().action_draft()
        self._write_oms_promises(dict.fromkeys(self, (False, False, False)))
        return result

    def _write_oms_promises(self, values):
        """The one door to the frozen fields.

        :param dict values: ``oms_ship_by``, ``oms_deliver_by`` and
            ``oms_promise_broken`` by order
        """
        orders = self.browse().union(*values)
        names = [self._fields[name] for name in FROZEN]
        # As the ORM writes what it computes: one statement for all orders.
        with self.env.protecting(names, orders):
            for order, dates in values.items():
                for name, value in zip(FROZEN, dates, strict=True):
                    order[name] = value
        orders.modified(FROZEN)

    # === ACTIONS ===

    def action_oms_promise_anew(self):
        """Open the dialog that asks for new dates and why."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Promise Anew"),
            "res_model": "oms.promise.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_ids": self.ids},
        }

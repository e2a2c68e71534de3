# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.failures import FAILURES

# Orders that are ours and that no picker has begun: a rule may still change them.
WAITING = (
    *("quarantined", "captured", "on_hold"),
    *("backordered", "unfillable", "allocated"),
)
# A change of these makes it another rule.
CONTENT = ("domain", "channel_ids", "at_capture", "on_waiting", "stop", "action_ids")


class OmsOrderRule(models.Model):
    """What is done to orders of a certain kind: a condition, and actions.

    Rules are asked in their order, each about all orders of a batch at once. An
    action is done once to an order, whatever happens to either later.
    """

    _name = "oms.order.rule"
    _description = "Order Rule"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    channel_ids = fields.Many2many(
        "oms.channel",
        string="Channels",
        check_company=True,
        tracking=True,
        help="Orders of these channels. Empty: every order, also those without a "
        "channel.",
    )
    domain = fields.Char(
        "Condition",
        default="[]",
        required=True,
        tracking=True,
        help="Which orders; lines, channel and customer are reached through them.",
    )
    at_capture = fields.Boolean(
        "When an order arrives",
        default=True,
        tracking=True,
        help="Asked when an order is imported or confirmed, before its place is "
        "chosen and goods are reserved.",
    )
    on_waiting = fields.Boolean(
        "While an order waits",
        tracking=True,
        help="Asked again and again about orders that nobody has begun to pick: at "
        "once when the rule changes, and every 15 minutes.",
    )
    stop = fields.Boolean(
        "Stop here",
        tracking=True,
        help="Rules below are not asked about orders that this one concerns.",
    )
    action_ids = fields.One2many(
        "oms.order.rule.action", "rule_id", string="Actions", copy=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        help="Is told when the rule cannot do its work.",
    )
    run_ids = fields.One2many("oms.order.rule.run", "rule_id", readonly=True)
    version = fields.Integer(default=1, readonly=True, copy=False)
    error = fields.Char(
        readonly=True, copy=False, help="Why the rule failed when it was last asked."
    )

    # === CONSTRAINTS ===

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            rule._check_readable()

    def _check_readable(self):
        """
        :raise ValidationError: says what is wrong with the condition
        """
        try:
            self.env["sale.order"].search(self._read_domain(), limit=1)
        except (ValueError, TypeError, SyntaxError, LookupError) as error:
            raise ValidationError(
                self.env._(
                    "The condition of “%(rule)s” cannot be read: %(error)s. "
                    "Choose fields, operators and values in the editor.",
                    rule=self.name,
                    error=error,
                )
            ) from error

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._delay_waiting()
        return rules

    def write(self, vals):
        changed = "active" in vals or any(name in vals for name in CONTENT)
        if changed and "error" not in vals:
            vals = vals | {"error": False}
        result = super().write(vals)
        if changed:
            self._count_change()
            self._delay_waiting()
        return result

    def copy_data(self, default=None):
        values_list = super().copy_data(default=default)
        # A copy is changed first and switched on then.
        return [
            values
            | {"active": False, "name": self.env._("%s (copy)", rule.name)}
            | (default or {})
            for rule, values in zip(self, values_list, strict=True)
        ]

    def _count_change(self):
        for rule in self:
            rule.version += 1

    # === READING ===

    def _read_domain(self):
        """The condition as it is stored.

        :raise ValueError, SyntaxError, TypeError: if it cannot be read
        """
        self.ensure_one()
        return Domain(literal_eval((self.domain or "[]").strip()))

    def _read_valid_domain(self):
        """:return: (the condition, None) or (None, why it is none)"""
        try:
            domain = self._read_domain()
            domain.validate(self.env["sale.order"])
        except FAILURES as error:
            return None, error
        return domain, None

    def _get_domain(self):
        """Which orders the rule concerns, whatever their state."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id) & self._read_domain()
        channels = self.channel_ids.ids or self.channel_ids._origin.ids
        if channels:
            domain &= Domain("oms_channel_id", "in", channels)
        return domain

    @api.model
    def _get_waiting_domain(self):
        return Domain("state", "=", "sale") & Domain("oms_state", "in", WAITING)

    def _get_waiting_matches_domain(self):
        """Waiting orders that this rule concerns, and no rule above keeps from it."""
        domain = self._get_waiting_domain() & self._get_domain()
        for rule in self._get_rules_that_stop():
            domain &= ~rule._get_domain()
        return domain

    def _get_rules_that_stop(self):
        above = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("stop", "=", True),
                ("sequence", "<=", self.sequence),
            ]
        )
        own = self._origin
        return above.filtered(
            lambda rule: (
                (rule.sequence, rule.id) < (self.sequence, own.id or float("inf"))
            )
        )

    # === ACTIONS ===

    def action_view_fired(self):
        """The orders that the rule has acted on in the last 30 days."""
        self.ensure_one()
        return self._get_orders_action(
            [("oms_rule_run_ids", "any", self._get_recent_domain())],
            self.env._("Orders of “%s”, last 30 days", self.name),
        )

    def action_apply(self):
        """Act on the waiting orders now: few at once, many in the background."""
        self.ensure_one()
        if not self.active:
            raise UserError(
                self.env._("“%s” is switched off. Switch it on first.", self.name)
            )
        self.error = False
        return self._apply_now()

    def _get_orders_action(self, domain, title):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        return action | {"domain": domain, "name": title, "context": {}}

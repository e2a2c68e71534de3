# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsRoutingPolicy(models.Model):
    """How the place that ships an order is chosen: rules, in their sequence.

    A channel names its policy. The first policy in the list that its company may use
    serves the channels that name none.
    """

    _name = "oms.routing.policy"
    _description = "Routing Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company may use it."
    )
    rule_ids = fields.One2many(
        "oms.routing.rule", "policy_id", string="Rules", copy=True
    )
    channel_ids = fields.One2many(
        "oms.channel",
        "routing_policy_id",
        string="Channels",
        help="Channels that choose this policy. The first policy in the list also "
        "serves those that choose none.",
    )
    version = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        help="Counts the changes of the rules; a decision names the version it used.",
    )
    summary = fields.Text(compute="_compute_summary")
    decision_count = fields.Integer(compute="_compute_decision_count")

    # === COMPUTE ===

    @api.depends("rule_ids.summary", "rule_ids.sequence")
    def _compute_summary(self):
        for policy in self:
            policy.summary = "\n".join(policy._describe())

    def _compute_decision_count(self):
        counts = dict(
            self.env["oms.routing.decision"]._read_group(
                [("policy_id", "in", self.ids)], ["policy_id"], ["__count"]
            )
        )
        for policy in self:
            policy.decision_count = counts.get(policy, 0)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        # The rules that a policy is born with are no change of it.
        policies.version = 1
        return policies

    # === ACTIONS ===

    def action_view_decisions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_routing.action_oms_routing_decision"
        )
        return action | {"domain": [("policy_id", "=", self.id)]}

    # === BUSINESS ===

    def _build(self):
        """The engine's steps of one policy, in their sequence."""
        self.ensure_one()
        return tuple(rule._build() for rule in self.rule_ids.sorted())

    def _describe(self):
        """The rules of one policy as numbered sentences."""
        self.ensure_one()
        return [
            f"{number}. {rule.summary}"
            for number, rule in enumerate(self.rule_ids.sorted(), start=1)
        ]

    def _find_for(self, orders):
        """The policy of each order: {order: policy}; an empty one if there is none."""
        policies = self.search([("company_id", "in", [False, *orders.company_id.ids])])
        defaults = {}
        for company in orders.company_id:
            usable = (company, company.browse())
            defaults[company] = next(
                (policy for policy in policies if policy.company_id in usable),
                self.browse(),
            )
        return {
            order: order.oms_channel_id.routing_policy_id.filtered("active")
            or defaults[order.company_id]
            for order in orders
        }

    def _count_change(self):
        """Rules have changed: what is decided from now on is another version."""
        for version, policies in self.grouped("version").items():
            policies.version = version + 1

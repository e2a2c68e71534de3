# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    oms_routing_decision_ids = fields.One2many(
        "oms.routing.decision", "order_id", string="Routing Decisions", readonly=True
    )
    oms_routing_decision_id = fields.Many2one(
        "oms.routing.decision",
        string="Routing Decision",
        compute="_compute_oms_routing",
        help="The newest decision: the one that holds.",
    )
    oms_routing_sentence = fields.Char(
        "Why There", compute="_compute_oms_routing", help="Why it ships from there."
    )
    oms_routing_candidates = fields.Json(compute="_compute_oms_routing")

    # === COMPUTE ===

    @api.depends("oms_routing_decision_ids")
    def _compute_oms_routing(self):
        decisions = self.oms_routing_decision_ids
        newest = {decision.order_id: decision for decision in decisions.sorted("id")}
        for order in self:
            decision = newest.get(order, decisions.browse())
            order.oms_routing_decision_id = decision
            order.oms_routing_sentence = decision.sentence
            order.oms_routing_candidates = decision.candidates

    # === ACTIONS ===

    def action_view_oms_routing_decisions(self):
        self.ensure_one()
        decisions = self.oms_routing_decision_ids
        if len(decisions) == 1:
            return decisions.get_formview_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_routing.action_oms_routing_decision"
        )
        return action | {"domain": [("order_id", "=", self.id)]}

    # === BUSINESS ===

    def _oms_route(self):
        """Override of `oms_core` to send each order to the place the policy chooses."""
        result = super()._oms_route()
        orders = self.sudo()  # the place must not depend on what the clerk may read
        orders._oms_apply_plans(*orders._oms_solve())
        return result

    def _oms_apply_plans(self, plans, policies):
        """Write what was decided: places, shares of lines, decisions, history.

        :param plans: {order: Plan}
        :param policies: {order: policy}
        """
        self._apply_oms_places(plans)
        self._apply_oms_sourcing(plans)
        decisions = self.env["oms.routing.decision"]._record(plans, policies)
        self._record_oms_routes(decisions)

    def _apply_oms_places(self, plans):
        """One write per place, whatever the number of orders."""
        changes = {}
        for order, plan in plans.items():
            if plan.nodes and order.warehouse_id.id != plan.nodes[0]:
                changes.setdefault(plan.nodes[0], []).append(order.id)
        for place, order_ids in changes.items():
            self.browse(order_ids).warehouse_id = place
        for unfillable in (True, False):
            self.browse(
                order.id
                for order, plan in plans.items()
                if order.oms_unfillable != unfillable and unfillable == (not plan.nodes)
            ).oms_unfillable = unfillable

    def _apply_oms_sourcing(self, plans):
        """Tell the lines that the order's own place does not ship alone."""
        for order, plan in plans.items():
            for line in order.order_line:
                sourcing = line._prepare_oms_sourcing(plan)
                if (line.oms_sourcing or False) != sourcing:
                    line.oms_sourcing = sourcing

    def _record_oms_routes(self, decisions):
        self.env["oms.event"]._record(
            [
                {
                    "order": decision.order_id,
                    "kind": "route",
                    "sentence": decision.sentence,
                    "actor": decision.policy_id.name or self.env._("no policy"),
                    "document": decision,
                    "data": {
                        "outcome": decision.outcome,
                        "places": decision.warehouse_ids.mapped("code"),
                    },
                }
                for decision in decisions
            ]
        )

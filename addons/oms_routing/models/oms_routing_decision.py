# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import get_translation

from ..engine.plan import Candidate, Plan
from ..engine.sentences import Sentence

OUTCOMES = [
    ("whole", "One place"),
    ("split", "Split"),
    ("partial", "Partly waiting"),
    ("waiting", "Waiting"),
    ("unfillable", "Unfillable"),
]


class OmsRoutingDecision(models.Model):
    """Why an order went where it went: one row per order and time it was routed.

    Never changed: an order that is routed again has another decision.
    """

    _name = "oms.routing.decision"
    _description = "Routing Decision"
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    channel_id = fields.Many2one("oms.channel", index="btree_not_null")
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    policy_id = fields.Many2one("oms.routing.policy", index="btree_not_null")
    policy_version = fields.Integer()
    rules = fields.Text(help="The rules as they were.")
    outcome = fields.Selection(OUTCOMES, required=True)
    warehouse_id = fields.Many2one(
        "stock.warehouse", string="Place", help="The place that was preferred most."
    )
    warehouse_ids = fields.Many2many("stock.warehouse", string="Places")
    place_count = fields.Integer("Number of Places", aggregator="avg")
    distance_km = fields.Float(
        "Distance (km)",
        digits=(10, 1),
        aggregator="avg",
        help="From the preferred place to the buyer, as the crow flies.",
    )
    sentence = fields.Char("Why There", required=True)
    candidates = fields.Json(
        help="All places, the preferred first, with what they had and why not."
    )
    digest = fields.Char(
        help="Names the inputs: two decisions with the same digest are the same."
    )

    # === CRUD ===

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._(
                "A routing decision is kept as it was. Route the order again to have "
                "another one."
            )
        )

    # === ACTIONS ===

    def action_view_order(self):
        self.ensure_one()
        return self.order_id.get_formview_action()

    # === BUSINESS ===

    @api.model
    def _record(self, plans, policies):
        """Keep plans, in one go.

        :param plans: {order: Plan}
        :param policies: {order: policy}
        :return: the decisions, in the sequence of the plans
        """
        places = {
            place.id: place
            for place in self.env["stock.warehouse"].browse(
                {part.node for plan in plans.values() for part in plan.candidates}
            )
        }
        rules = {
            policy: policy._describe() for policy in set(policies.values()) if policy
        }
        return self.create(
            [
                self._prepare_values(order, plan, places)
                | {
                    "policy_id": policies[order].id,
                    "policy_version": policies[order].version,
                    "rules": "\n".join(rules.get(policies[order], [])),
                }
                for order, plan in plans.items()
            ]
        )

    def _prepare_values(self, order, plan: Plan, places):
        distance = plan.candidates[0].distance_km if plan.nodes else None
        return {
            "order_id": order.id,
            "company_id": order.company_id.id,
            "channel_id": order.oms_channel_id.id,
            "outcome": plan.outcome,
            "warehouse_id": plan.nodes[0] if plan.nodes else False,
            "warehouse_ids": [fields.Command.set(plan.nodes)],
            "place_count": len(plan.nodes),
            "distance_km": distance or 0.0,
            "sentence": self._render(plan.sentence),
            "candidates": self._prepare_candidates(order, plan, places),
            "digest": plan.digest,
        }

    def _prepare_candidates(self, order, plan: Plan, places):
        products = {
            line.id: line.product_id.display_name
            for line in order.order_line.with_context(display_default_code=False)
        }
        shares = {line: plan.shares(line) for line in products}
        return [
            self._prepare_candidate(candidate, places[candidate.node])
            | {
                "lines": [
                    {
                        "product": products[line],
                        "wanted": float(sum(shares[line].values())),
                        "has": float(quantity),
                        "ships": float(shares[line].get(candidate.node, 0)),
                    }
                    for line, quantity in candidate.has
                ]
            }
            for candidate in plan.candidates
        ]

    def _prepare_candidate(self, candidate: Candidate, place):
        """One place as the screen shows it; extend to add a column."""
        return {
            "id": place.id,
            "code": place.code,
            "name": place.name,
            "chosen": candidate.chosen,
            "complete": candidate.complete,
            "distance_km": candidate.distance_km,
            "scores": [self._render(score) for score in candidate.scores],
            "reason": self._render(candidate.reason) if candidate.reason else "",
        }

    @api.model
    def _render(self, sentence: Sentence) -> str:
        """A sentence of the engine in the reader's language."""
        lang = self.env.lang or "en_US"
        return sentence.render(
            lambda module, template: get_translation(module, lang, template, ())
        )

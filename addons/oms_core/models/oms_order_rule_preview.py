# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.condition_text import describe_domains
from ..tools.control_tower_scope import domain_to_json

EXAMPLES = 5
DAYS = 30


class OmsOrderRule(models.Model):
    """What a rule says, would touch, and has done."""

    _inherit = "oms.order.rule"

    summary = fields.Char(
        "What It Does", compute="_compute_summary", help="The rule in a sentence."
    )
    preview = fields.Json(
        compute="_compute_preview",
        help="Waiting orders that the rule concerns as it stands, saved or not.",
    )
    fired_count = fields.Integer(
        "Orders, 30 Days",
        compute="_compute_fired_count",
        help="Orders that the rule has acted on in the last 30 days.",
    )

    # === COMPUTE ===

    @api.depends("domain", "channel_ids.name", "stop", "action_ids.summary")
    def _compute_summary(self):
        conditions = self._describe_conditions()
        for rule in self:
            actions = [s for s in rule.action_ids.mapped("summary") if s]
            if rule.stop:
                actions.append(self.env._("ask no rule below"))
            rule.summary = rule._get_sentence(
                conditions[rule], ", ".join(actions) or self.env._("nothing yet")
            )

    @api.depends(
        *("domain", "channel_ids", "company_id", "sequence"),
        *("action_ids", "action_ids.code"),
    )
    def _compute_preview(self):
        """For the one rule on the page; what it costs does not grow with orders."""
        for rule in self:
            _domain, error = rule._read_valid_domain()
            rule.preview = {"error": str(error)} if error else rule._get_preview()

    def _compute_fired_count(self):
        counts = dict(
            self.env["oms.order.rule.run"]._read_group(
                [("rule_id", "in", self.ids), *self._get_recent_domain()],
                ["rule_id"],
                ["order_id:count_distinct"],
            )
        )
        for rule in self:
            rule.fired_count = counts.get(rule._origin, 0)

    # === READING ===

    def _describe_conditions(self):
        """{rule: its condition in words}"""
        order = self.env["sale.order"]
        readable, broken = {}, {}
        for rule in self:
            domain, error = rule._read_valid_domain()
            if error:
                broken[rule] = self.env._("(unreadable: %s)", error)
            else:
                readable[rule] = domain
        texts = describe_domains(order, list(readable.values()))
        return broken | dict(zip(readable, texts, strict=True))

    def _get_sentence(self, condition, actions):
        values = {
            "condition": condition,
            "actions": actions,
            "channels": self.env._(" or ").join(self.channel_ids.mapped("name")),
        }
        if self.channel_ids:
            return self.env._(
                "In %(channels)s, if %(condition)s: %(actions)s.", **values
            )
        return self.env._("If %(condition)s: %(actions)s.", **values)

    def _get_preview(self):
        """Figures of the waiting orders, a few of them, and the way to all of them."""
        sales = self.env["sale.order"]
        domain = self._get_waiting_matches_domain()
        matched = sales.search_count(domain)
        saved = self._origin.action_ids & self.action_ids._origin
        pending = matched
        if saved and matched and len(saved) == len(self.action_ids):
            pending = sales.search_count(self._origin._get_missing_domain() & domain)
        examples = sales.search(domain, limit=EXAMPLES) if matched else sales
        return {
            "waiting": sales.search_count(
                self._get_waiting_domain()
                & Domain("company_id", "=", self.company_id.id)
            ),
            "matched": matched,
            "done": matched - pending,
            "domain": domain_to_json(domain),
            "examples": [
                {"id": order.id, "name": order.oms_external_number or order.name}
                for order in examples
            ],
        }

    def _get_recent_domain(self):
        since = fields.Datetime.now() - timedelta(days=DAYS)
        own = [("rule_id", "in", self.ids)] if self else []
        return [*own, ("date", ">=", since)]

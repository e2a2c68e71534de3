# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsRoutingRule(models.Model):
    """One step of a policy with its parameters.

    The record is the configuration; what it does is ``oms.routing.step.<kind>``.
    """

    _name = "oms.routing.rule"
    _description = "Routing Rule"
    _order = "sequence, id"
    _rec_name = "summary"

    policy_id = fields.Many2one(
        "oms.routing.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("in_stock", "Has the goods"),
            ("nearest", "Nearest first"),
            ("priority", "Priority of places"),
        ],
        required=True,
    )
    never_split = fields.Boolean(
        help="An order waits rather than leave from several places."
    )
    band_km = fields.Float(
        "Band (km)",
        digits=(10, 1),
        help="Distances within the same band count as equal, and the next rule "
        "decides. 0: the shorter distance always wins.",
    )
    summary = fields.Char("What It Does", compute="_compute_summary")

    _band_positive = models.Constraint(
        "CHECK(band_km >= 0)", "A band of distances cannot be negative."
    )

    # === COMPUTE ===

    # Parameters of other kinds come from other addons: no list of them is complete.
    @api.depends(lambda self: self._get_parameters())
    def _compute_summary(self):
        for rule in self:
            rule.summary = rule._get_step()._describe(rule) if rule.kind else ""

    @api.model
    def _get_parameters(self):
        """Fields that the summary depends on; extend with those of another kind."""
        return ["kind", "never_split", "band_km"]

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules.policy_id._count_change()
        return rules

    def write(self, vals):
        policies = self.policy_id
        result = super().write(vals)
        (policies | self.policy_id)._count_change()
        return result

    def unlink(self):
        self.policy_id._count_change()
        return super().unlink()

    # === BUSINESS ===

    def _get_step(self):
        return self.env[f"oms.routing.step.{self.kind}"]

    def _build(self):
        """The engine's step: a frozen filter or sorter."""
        return self._get_step()._build(self)

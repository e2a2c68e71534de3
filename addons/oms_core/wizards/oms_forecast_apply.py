# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

# More lines than this are applied in the background.
BATCH = 500


class OmsForecastApply(models.TransientModel):
    """Asks what suggestions become: safety stock, reordering rules, or both."""

    _name = "oms.forecast.apply"
    _description = "Apply Suggestions"

    forecast_ids = fields.Many2many("oms.forecast", readonly=True)
    apply_safety = fields.Boolean(
        "Safety stock",
        default=True,
        help="Kept back from every channel at the place.",
    )
    apply_rules = fields.Boolean(
        "Reordering rules",
        default=True,
        help="Minimum and maximum of the place's stock; a new rule waits for a "
        "person to order.",
    )
    safety_count = fields.Integer(compute="_compute_counts")
    rule_count = fields.Integer(compute="_compute_counts")

    @api.depends("forecast_ids")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.forecast_ids
            wizard.safety_count = sum(not line.is_safety_applied for line in lines)
            wizard.rule_count = sum(not line.is_rule_applied for line in lines)

    def action_confirm(self):
        """Apply, and show what has changed."""
        self.ensure_one()
        if not (self.apply_safety or self.apply_rules):
            raise UserError(
                self.env._(
                    "Nothing is chosen: tick safety stock, reordering rules or both."
                )
            )
        self.forecast_ids._check_may_apply()
        options = {"safety": self.apply_safety, "rules": self.apply_rules}
        changes = self.env["oms.forecast.change"]
        if len(self.forecast_ids) > BATCH:
            for ids in split_every(BATCH, self.forecast_ids.ids, list):
                lines = self.env["oms.forecast"].browse(ids)
                lines.with_delay(description="OMS: apply suggestions")._apply(**options)
        else:
            changes = self.forecast_ids._apply(**options)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_forecast_change"
        )
        if changes:
            action |= {"domain": [("id", "in", changes.ids)]}
        return action

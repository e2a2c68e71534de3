# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class OmsHoldRelease(models.TransientModel):
    """Asks why holds are released; one or many, of one or many orders."""

    _name = "oms.hold.release"
    _description = "Release Hold"

    hold_ids = fields.Many2many("oms.hold", required=True)
    hold_count = fields.Integer(compute="_compute_counts")
    order_count = fields.Integer(compute="_compute_counts")
    refused_ids = fields.Many2many(
        "oms.hold",
        compute="_compute_counts",
        help="Holds among these that somebody else must release.",
    )
    refusal = fields.Char(compute="_compute_counts")
    reason = fields.Char(required=True)

    # === COMPUTE ===

    @api.depends("hold_ids")
    def _compute_counts(self):
        for wizard in self:
            refused = wizard.hold_ids.filtered(lambda hold: not hold.may_release)
            wizard.refused_ids = refused
            wizard.refusal = " ".join(set(filter(None, refused.mapped("release_hint"))))
            wizard.hold_count = len(wizard.hold_ids - refused)
            wizard.order_count = len(wizard.hold_ids.order_id)

    # === ACTIONS ===

    def action_release(self):
        self.ensure_one()
        holds = self.hold_ids - self.refused_ids
        if not holds:
            raise UserError(
                self.env._("None of these holds is released by you. %s", self.refusal)
            )
        return self._prepare_notification(holds._release_each(self.reason))

    # === BUSINESS ===

    def _prepare_notification(self, answers):
        """Tell how many were released, and of each other why not."""
        results = [result for result, _message in answers.values()]
        message = self.env._("%(count)s released.", count=results.count("released"))
        refused = [
            f"{hold.order_id.name}: {why}"
            for hold, (result, why) in answers.items()
            if result == "refused"
        ]
        if refused:
            message += " " + self.env._("%(count)s stay:", count=len(refused))
            message = "\n".join([message, *refused[:10]])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "sticky": bool(refused),
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

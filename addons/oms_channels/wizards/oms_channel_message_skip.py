# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsChannelMessageSkip(models.TransientModel):
    """Asks why messages are not to be processed."""

    _name = "oms.channel.message.skip"
    _description = "Skip Messages"

    # Not message_ids: as a default in the context, that would reach the logs of
    # whatever else is created meanwhile.
    selected_ids = fields.Many2many("oms.channel.message", required=True)
    selected_count = fields.Integer(compute="_compute_selected_count")
    reason = fields.Char(
        required=True, help="Kept in the log of each message, with your name."
    )

    # === COMPUTE ===

    @api.depends("selected_ids")
    def _compute_selected_count(self):
        for wizard in self:
            wizard.selected_count = len(wizard.selected_ids)

    # === ACTIONS ===

    def action_skip(self):
        self.ensure_one()
        self.selected_ids.check_access("write")
        self.selected_ids._skip(self.reason)
        return self.selected_ids._notify(
            self.env._("%(count)s skipped.", count=self.selected_count)
        )

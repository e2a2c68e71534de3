# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsChannelMessageSkip(models.TransientModel):
    """Asks why messages are not to be processed."""

    _name = "oms.channel.message.skip"
    _description = "Skip Messages"

    message_ids = fields.Many2many("oms.channel.message", required=True)
    message_count = fields.Integer(compute="_compute_message_count")
    reason = fields.Char(
        required=True, help="Kept in the log of each message, with your name."
    )

    # === COMPUTE ===

    @api.depends("message_ids")
    def _compute_message_count(self):
        for wizard in self:
            wizard.message_count = len(wizard.message_ids)

    # === ACTIONS ===

    def action_skip(self):
        self.ensure_one()
        self.message_ids.check_access("write")
        self.message_ids._skip(self.reason)
        return self.message_ids._notify(
            self.env._("%(count)s skipped.", count=self.message_count)
        )

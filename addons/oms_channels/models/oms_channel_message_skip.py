# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError


class OmsChannelMessage(models.Model):
    """What somebody has decided not to process, and why."""

    _inherit = "oms.channel.message"

    # === ACTIONS ===

    def action_skip(self):
        """Ask why, then give up on purpose; the payload stays."""
        self.check_access("write")
        self._check_skippable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Skip Messages"),
            "res_model": "oms.channel.message.skip",
            "view_mode": "form",
            "target": "new",
            "context": {"default_selected_ids": self.ids},
        }

    # === BUSINESS ===

    def _skip(self, reason):
        """Leave these messages unprocessed; what came later for their orders goes on.

        :raise UserError: if one of them has had its effect already
        """
        self._check_skippable()
        skipped = self.filtered(lambda message: message.state != "skipped")
        skipped.write({"state": "skipped", "next_try": False, "acts": False})
        note = Markup("<b>%s</b> %s") % (self.env._("Skipped:"), reason)
        skipped._message_log_batch(dict.fromkeys(skipped.ids, note))
        for (channel, direction), messages in skipped.grouped(
            lambda message: (message.channel_id, message.direction)
        ).items():
            channel._delay_processing(direction, len(messages))

    def _check_skippable(self):
        done = self.filtered(lambda message: message.state == "done")
        if done:
            raise UserError(
                self.env._(
                    "Message %(key)s is done and cannot be skipped: deselect what is "
                    "done (%(count)s).",
                    key=done[0].external_id or done[0].key,
                    count=len(done),
                )
            )

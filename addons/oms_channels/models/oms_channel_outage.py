# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models

from ..engine import outage
from ..engine.errors import Misconfigured
from .oms_channel_message import ACTS

REACHED_BY = {"shop_url", "api_key", "api_token", "api_version"}


class OmsChannel(models.Model):
    """A shop that takes nothing: asked again as a whole, not message by message."""

    _inherit = "oms.channel"

    outage_since = fields.Datetime(
        "Not Reached Since",
        readonly=True,
        copy=False,
        help="Since this moment the shop has taken nothing. What it must be told "
        "waits, in order, and goes by itself as soon as the shop answers.",
    )
    outage_until = fields.Datetime("Asked Again At", readonly=True, copy=False)
    outage_error = fields.Char("Why", readonly=True, copy=False)
    outage_acts = fields.Selection(ACTS, string="Who acts", readonly=True, copy=False)

    def write(self, vals):
        """Override to ask a shop at once that may be reached otherwise now."""
        result = super().write(vals)
        if REACHED_BY & set(vals):
            self.filtered("outage_since")._end_outage()
        return result

    # === BUSINESS ===

    def _is_out(self):
        self.ensure_one()
        return bool(self.outage_until and self.outage_until > fields.Datetime.now())

    def _note_outage(self, error, messages):
        """Have these messages wait for the shop; none of it counts as an attempt."""
        now = fields.Datetime.now()
        since = self.outage_since or now
        lasted = (now - since).total_seconds()
        wait = outage.next_try(lasted, getattr(error, "after", 0.0))
        until = now + timedelta(seconds=wait)
        messages.write(
            {
                "state": "failed",
                "error": str(error),
                "acts": error.acts,
                "next_try": until,
            }
        )
        values = {
            "outage_since": since,
            "outage_error": str(error),
            "outage_acts": error.acts,
        }
        if not isinstance(error, Misconfigured):
            # A permission that one kind of message lacks is no reason to keep the
            # others waiting; a shop that does not answer is.
            values["outage_until"] = until
        self.write(values)

    def _end_outage(self):
        """The shop answers again: what waited for it is due."""
        self.env["oms.channel.message"].search(
            [
                ("channel_id", "in", self.ids),
                ("direction", "=", "out"),
                ("state", "=", "failed"),
            ]
        ).next_try = False
        self.write(dict.fromkeys(OUTAGE, False))
        self._delay_processing("out")

    def action_end_outage(self):
        """Ask the shop now."""
        self.check_access("write")
        self._end_outage()


OUTAGE = ("outage_since", "outage_until", "outage_error", "outage_acts")

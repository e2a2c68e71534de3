# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import fields, models

from ..engine.errors import ChannelError

_logger = logging.getLogger(__name__)


class OmsChannel(models.Model):
    """The shop's webhooks: registered on demand, and kept alive.

    A platform gives up a webhook that has failed a few times, as while this server
    was down. Polling goes on; that nothing comes by itself any more has to be noticed.
    """

    _inherit = "oms.channel"

    webhooks_registered = fields.Boolean(readonly=True, copy=False)
    webhooks_report = fields.Char(
        "Webhooks",
        readonly=True,
        copy=False,
        help="What was last done about webhooks that the shop had given up.",
    )

    # === ACTIONS ===

    def action_register_webhooks(self):
        """Have the shop send its webhooks here, and say how that went."""
        self.ensure_one()
        self.check_access("write")
        try:
            count, kind = self._register_webhooks(), "success"
            sentence = self.env._("%(count)s webhooks are active.", count=count)
        except ChannelError as error:
            sentence, kind = str(error), "danger"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": sentence, "type": kind, "sticky": kind == "danger"},
        }

    # === BUSINESS ===

    def _register_webhooks(self):
        """:return: how many there are now"""
        count = self._get_connector()._register_webhooks(self)
        self.webhooks_registered = bool(count)
        return count

    def _mend_webhooks(self):
        """Have the shop send again what it has given up, and say so."""
        try:
            topics = self._get_connector()._mend_webhooks(self)
        except ChannelError as error:
            _logger.info("channel %s: webhooks not looked at: %s", self.code, error)
            return
        if not topics:
            return
        self.webhooks_report = self.env._(
            "%(day)s: the shop had given up %(topics)s; they are active again.",
            day=fields.Date.context_today(self),
            topics=", ".join(topics),
        )
        _logger.warning("channel %s: webhooks: %s", self.code, self.webhooks_report)

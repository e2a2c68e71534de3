# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import models
from odoo.exceptions import ConcurrencyError

from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.errors import ChannelError, Rejected

_logger = logging.getLogger(__name__)

# Whoever runs the call repeats it: the database was not there, or busy elsewhere.
REPEATED = (
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
    ConcurrencyError,
    RetryableJobError,
)


class OmsChannel(models.Model):
    """What nobody has foreseen, in this addon or in another one.

    It stops the one message that it happens to, and no other: messages are tried in
    halves until it stands alone. Who waits for it is the administrator, and the log
    has the details.
    """

    _inherit = "oms.channel"

    def _reject_unexpected(self, error, about):
        """:param str about: what could not be done, as the log names it"""
        _logger.error("channel %s: %s", self.code, about, exc_info=error)
        return Rejected(
            self.env._(
                "An error that nobody has foreseen (%(error)s). The server's log has "
                "its details; correct what they name, then try again.",
                error=type(error).__name__,
            ),
            "administrator",
        )

    def _push_safely(self, kind, messages):
        """:return: {message: error or None}, whatever happens to one of them

        What was told before something unexpected happened is told again with each
        half: that has no effect, as after a lost answer.
        """
        try:
            with self.env.cr.savepoint():
                return self._push(kind, messages)
        except REPEATED:
            raise
        except Exception as error:  # noqa: BLE001 - alone it is logged and told
            if len(messages) == 1:
                about = f"{kind} {messages.external_id or messages.key}"
                return {messages: self._reject_unexpected(error, about)}
        half = len(messages) // 2
        first, second = messages[:half], messages[half:]
        return self._push_safely(kind, first) | self._push_safely(kind, second)

    def _push(self, kind, messages):
        try:
            return getattr(self, f"_push_{kind}_messages")(messages)
        except ChannelError as error:
            return dict.fromkeys(messages, error)

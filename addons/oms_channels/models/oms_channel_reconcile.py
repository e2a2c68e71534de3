# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models

from ..engine.errors import ChannelError

_logger = logging.getLogger(__name__)

# Before the first shop there was: its orders of any age.
EVER = fields.Datetime.to_datetime("2000-01-01")


class OmsChannel(models.Model):
    """Comparing with the shop what neither webhook nor poll can be trusted with.

    A shop may show an order late, an administrator may set the cursor forward, a
    backup may be restored: what is missing here then is found by reading again, and
    it goes the way that every order goes.
    """

    _inherit = "oms.channel"

    reconcile_days = fields.Integer(
        "Compare Orders Of",
        default=7,
        help="Every night all orders changed in this many days are read again, and "
        "those that are not here are imported. Zero: never.",
    )
    reconciled_at = fields.Datetime("Compared At", readonly=True, copy=False)
    reconciled_found = fields.Integer(
        "Found Missing",
        readonly=True,
        copy=False,
        help="Orders, or versions of orders, that were not here before the last "
        "comparison.",
    )

    _reconcile_days_valid = models.Constraint(
        "CHECK(reconcile_days >= 0)",
        "The days to compare are a number from zero up; zero switches it off.",
    )

    @api.model
    def _cron_reconcile(self):
        for channel in self.search(
            [("fetch_orders", "=", True), ("reconcile_days", ">", 0)]
        ):
            channel.with_delay(
                identity_key=f"oms:reconcile:{channel.id}",
                description=f"OMS: {channel.name}: compare orders",
                channel="root.oms",
            )._reconcile(fields.Datetime.now() - timedelta(channel.reconcile_days))

    def action_reconcile(self):
        """Compare the orders of all time, in the background."""
        self.check_access("write")
        for channel in self:
            channel.with_delay(
                identity_key=f"oms:reconcile:{channel.id}",
                description=f"OMS: {channel.name}: compare all orders",
                channel="root.oms",
            )._reconcile(EVER)

    def _reconcile(self, since):
        """Import what changed since a moment and is not here.

        :return: how many versions of orders were missing
        """
        self.ensure_one()
        before = self._count_received()
        try:
            self._read_orders_since(since)
        except ChannelError as error:
            self.last_error = str(error)
            _logger.info("channel %s: comparing stopped: %s", self.code, error)
            return 0
        found = self._count_received() - before
        if found:
            _logger.warning(
                "channel %s: %s orders or versions were missing", self.code, found
            )
        self.write({"reconciled_at": fields.Datetime.now(), "reconciled_found": found})
        self._mend_webhooks()
        return found

    def _count_received(self):
        return self.env["oms.channel.message"].search_count(
            [("channel_id", "=", self.id), ("direction", "=", "in")]
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models

from ..engine.errors import ChannelError

_logger = logging.getLogger(__name__)

# A shop's clock and the order in which its changes become visible are not ours:
# each window begins this much before the last one ended, and ends before now.
OVERLAP = timedelta(minutes=10)
SAFETY_LAG = timedelta(seconds=5)


class OmsChannel(models.Model):
    """Asking the shop what is new."""

    _inherit = "oms.channel"

    fetch_orders = fields.Boolean(
        help="Ask the shop for changed orders every few minutes, besides webhooks."
    )
    fetched_until = fields.Datetime(
        "Orders Fetched Until",
        copy=False,
        help="Orders changed before this moment have been fetched.",
    )
    last_error = fields.Char(readonly=True, copy=False)
    message_ids = fields.One2many("oms.channel.message", "channel_id")
    listing_ids = fields.One2many("oms.channel.listing", "channel_id")
    location_ids = fields.One2many("oms.channel.location", "channel_id")

    # === ORDERS ===

    @api.model
    def _cron_fetch_orders(self):
        for channel in self.search([("fetch_orders", "=", True)]):
            channel.with_delay(
                identity_key=f"oms:fetch:{channel.id}",
                description=f"OMS: {channel.name}: fetch orders",
                channel="root.oms",
            )._fetch()

    def action_fetch_orders(self):
        """Fetch now; how that went is on the channel."""
        self.env["oms.channel.message"].check_access("write")
        # Managers run channels that only administrators set up.
        self.sudo()._fetch()  # see above
        return True

    def _fetch(self):
        """Store what changed since the last time; the cursor moves when all is read."""
        self.ensure_one()
        try:
            until = self._read_clocks() - SAFETY_LAG
            since = (self.fetched_until or until - timedelta(days=1)) - OVERLAP
            count = self._read_orders_since(since)
        except ChannelError as error:
            # The cursor stays: the next fetch reads the same window again.
            self.last_error = str(error)
            _logger.info("channel %s: fetching stopped: %s", self.code, error)
            return 0
        self.write({"fetched_until": until, "last_error": False})
        self._mend_webhooks()
        return count

    def _read_clocks(self):
        """The earlier one of the shop's time and ours.

        By the clock that is ahead, changes that are still to come would be dated
        before the end of the window, and never be asked for.
        """
        now = fields.Datetime.now()
        return min(self._get_connector()._read_clock(self) or now, now)

    def _read_orders_since(self, since):
        """Store all orders changed since a moment, page by page; those read count.

        Pages that were read before the shop failed are stored, and processed.

        :raise ChannelError: if the shop does not show all of them
        """
        connector, cursor, count = self._get_connector(), None, 0
        try:
            while True:
                payloads, cursor = connector._fetch_orders(self, since, cursor)
                received = self._receive_orders(payloads, connector)
                self.message_ids.browse().union(*received)._repeat_overruled()
                count += len(payloads)
                if not cursor:
                    break
        except ChannelError:
            # Nothing else: after an error of the database there is no transaction
            # left in which anything could be asked for.
            self._delay_received(count)
            raise
        self._delay_received(count)
        return count

    def _delay_received(self, count):
        if count:
            self._delay_processing("in", count)

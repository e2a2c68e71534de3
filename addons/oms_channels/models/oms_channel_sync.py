# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models

from ..engine.documents import StockLevel
from ..engine.errors import ChannelError

_logger = logging.getLogger(__name__)

# A shop's clock and the order in which its changes become visible are not ours:
# each window begins this much before the last one ended, and ends before now.
OVERLAP = timedelta(minutes=10)
SAFETY_LAG = timedelta(seconds=5)
LEVELS_PER_MESSAGE = 250


class OmsChannel(models.Model):
    """Asking the shop what is new, and telling it what may be sold."""

    _inherit = "oms.channel"

    fetch_orders = fields.Boolean(
        help="Ask the shop for changed orders every few minutes, besides webhooks."
    )
    fetched_until = fields.Datetime(
        "Orders Fetched Until",
        copy=False,
        help="Orders changed before this moment have been fetched.",
    )
    push_stock = fields.Boolean(help="Tell the shop what may be sold of each listing.")
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
        self._fetch()
        return True

    def _fetch(self):
        """Store what changed since the last time; the cursor moves when all is read."""
        self.ensure_one()
        until = fields.Datetime.now() - SAFETY_LAG
        since = (self.fetched_until or until - timedelta(days=1)) - OVERLAP
        connector, cursor, count = self._get_connector(), None, 0
        try:
            while True:
                payloads, cursor = connector._fetch_orders(self, since, cursor)
                self._receive_orders(payloads, connector)
                count += len(payloads)
                if not cursor:
                    break
        except ChannelError as error:
            # The cursor stays: the next fetch reads the same window again.
            self.last_error = str(error)
            _logger.info("channel %s: fetching stopped: %s", self.code, error)
            return count
        self.write({"fetched_until": until, "last_error": False})
        if count:
            self._delay_processing("in")
        return count

    # === STOCK ===

    @api.model
    def _cron_push_stock(self):
        for channel in self.search([("push_stock", "=", True)]):
            channel._queue_stock()

    def _queue_stock(self):
        """Queue the figures that differ from what the shop was told last."""
        self.ensure_one()
        listings = self.listing_ids.filtered("active")
        levels = self._get_stock_levels(listings)
        changed = [
            (listing, quantity)
            for listing, quantity in levels.items()
            if not listing.pushed_at or quantity != listing.pushed_quantity
        ]
        message = self.env["oms.channel.message"]
        now = fields.Datetime.now().isoformat()
        stored = message._store(
            self,
            [
                {
                    "kind": "stock",
                    "key": f"stock:{now}:{start}",
                    "external_id": "stock",
                    "payload": self._dump_levels(
                        changed[start : start + LEVELS_PER_MESSAGE]
                    ),
                }
                for start in range(0, len(changed), LEVELS_PER_MESSAGE)
            ],
            direction="out",
        )
        if stored:
            self._delay_processing("out")
        return stored

    def _get_stock_levels(self, listings):
        """{listing: units that this channel may sell}, whole and never negative."""
        free = listings.product_id._get_oms_availability(self._get_oms_nodes(), self)
        return {
            listing: int(free.channels.get((listing.product_id.id, self.id), 0.0))
            for listing in listings
        }

    def _dump_levels(self, changed):
        return self._dump(
            [
                {
                    "sku": listing.sku,
                    "quantity": quantity,
                    "product_external_id": listing.external_id or "",
                }
                for listing, quantity in changed
            ]
        )

    def _set_pushed(self, levels: dict[str, StockLevel], answers):
        """Remember what the shop has taken."""
        taken = {sku: level for sku, level in levels.items() if not answers.get(sku)}
        listings = self.listing_ids.filtered(lambda listing: listing.sku in taken)
        now = fields.Datetime.now()
        for quantity, same in listings.grouped(
            lambda listing: taken[listing.sku].quantity
        ).items():
            same.write({"pushed_quantity": quantity, "pushed_at": now})

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine.catalogue import is_drifted


class OmsChannelListing(models.Model):
    """What the shop shows, and where that is not what it should."""

    _inherit = "oms.channel.listing"

    seen_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the shop's catalogue had it last.",
    )
    is_missing = fields.Boolean(
        "Not in the Shop",
        readonly=True,
        copy=False,
        help="The shop's catalogue does not have it: create it there, or switch the "
        "listing off.",
    )
    shop_counts = fields.Boolean(
        "The Shop Counts It", readonly=True, copy=False, default=False
    )
    shop_quantity = fields.Integer(
        "Stock in the Shop", readonly=True, copy=False, aggregator=None
    )
    shop_price = fields.Float(
        "Price in the Shop",
        digits="Product Price",
        readonly=True,
        copy=False,
        aggregator=None,
    )
    quantity_drift = fields.Boolean("Stock Differs", readonly=True, copy=False)
    price_drift = fields.Boolean("Price Differs", readonly=True, copy=False)
    drift_since = fields.Datetime("Differs Since", readonly=True, copy=False)
    wanted_quantity = fields.Integer(
        "Stock to Show",
        compute="_compute_wanted_quantity",
        aggregator=None,
        help="What the shop should show now.",
    )

    # === COMPUTE ===

    @api.depends("product_id", "buffer_quantity", "active")
    def _compute_wanted_quantity(self):
        for channel, listings in self.grouped("channel_id").items():
            levels = channel._get_stock_levels(listings)
            for listing in listings:
                listing.wanted_quantity = levels.get(listing, 0)

    # === BUSINESS ===

    def _prepare_drift_rows(self, levels, prices, *, stock, price):
        """What to note of each listing: {field: value}.

        :param levels, prices: what should be shown
        :param stock, price: whether the channel is told of it at all
        """
        now, rows = fields.Datetime.now(), []
        for listing in self:
            told = listing.pushed_quantity if listing.pushed_at else None
            asked = listing.pushed_price if listing.price_pushed_at else None
            quantity_drift = bool(
                stock
                and listing.shop_counts
                and is_drifted(listing.shop_quantity, told, levels.get(listing, 0))
            )
            price_drift = price and is_drifted(
                _cents(listing, listing.shop_price),
                None if asked is None else _cents(listing, asked),
                _cents(listing, prices[listing]),
            )
            drift = quantity_drift or price_drift
            rows.append(
                {
                    "quantity_drift": quantity_drift,
                    "price_drift": price_drift,
                    "drift_since": drift and (listing.drift_since or now),
                }
            )
        return rows


def _cents(listing, amount):
    """Prices are the same if they are in the currency's smallest unit."""
    return round(amount / (listing.currency_id.rounding or 0.01))

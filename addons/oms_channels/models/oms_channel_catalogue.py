# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import math
import uuid
from datetime import timedelta

from odoo import api, fields, models

from ..engine.errors import ChannelError, Rejected
from ..tools.rows import update_rows

_logger = logging.getLogger(__name__)

# Between a sale in the shop and the order's arrival here the two differ, and nothing
# is wrong: only what differs for longer is put right without asking.
PATIENCE = timedelta(minutes=20)


class OmsChannel(models.Model):
    """What the shop sells, compared with what it should."""

    _inherit = "oms.channel"

    corrects_drift = fields.Boolean(
        "Correct Differences",
        help="Tell the shop again what it shows differently for more than 20 minutes, "
        "each time its catalogue is read. Off: the differences are listed only.",
    )
    catalogue_read_at = fields.Datetime("Catalogue Read", readonly=True, copy=False)
    catalogue_error = fields.Char(readonly=True, copy=False)
    listing_count = fields.Integer(compute="_compute_listing_counts")
    unmatched_count = fields.Integer("Not Matched", compute="_compute_listing_counts")
    drift_count = fields.Integer("Different", compute="_compute_listing_counts")
    refused_count = fields.Integer("Refused", compute="_compute_listing_counts")

    # === COMPUTE ===

    def _compute_listing_counts(self):
        counts = {
            (channel, state): count
            for channel, state, count in self.env["oms.channel.listing"]._read_group(
                [("channel_id", "in", self.ids)], ["channel_id", "state"], ["__count"]
            )
        }
        for channel in self:
            channel.unmatched_count = counts.get((channel, "unmatched"), 0)
            channel.drift_count = counts.get((channel, "drift"), 0)
            channel.refused_count = counts.get((channel, "error"), 0)
            channel.listing_count = sum(
                count for (owner, _state), count in counts.items() if owner == channel
            )

    # === READING ===

    @api.model
    def _cron_read_catalogue(self):
        shops = [("platform", "not in", (False, "file"))]
        flows = ["|", ("push_stock", "=", True), ("push_prices", "=", True)]
        self.search(shops + flows)._delay_catalogue()

    def _delay_catalogue(self):
        for channel in self:
            channel.with_delay(
                identity_key=f"oms:catalogue:{channel.id}",
                description=f"OMS: {channel.name}: read the catalogue",
                channel="root.oms",
            )._read_catalogue()

    def _read_catalogue(self):
        """Read all that the shop sells, match it, and list what differs.

        :return: how many items the shop has
        """
        self.ensure_one()
        connector, cursor, seen = self._get_connector(), None, set()
        start = fields.Datetime.now()
        try:
            while True:
                items, cursor = connector._fetch_catalogue(self, cursor)
                self._update_listings(items, start)
                seen.update(item.external_id for item in items)
                if not cursor:
                    break
        except ChannelError as error:
            # What was read is kept; nothing is said of what was not.
            self.catalogue_error = str(error)
            _logger.info("channel %s: catalogue: %s", self.code, error)
            return len(seen)
        self.write({"catalogue_read_at": start, "catalogue_error": False})
        self._note_missing(seen)
        self._note_drift()
        if self.corrects_drift:
            self._correct_lasting()
        return len(seen)

    def _update_listings(self, items, seen_at):
        """Note one page of the catalogue: known listings and new ones."""
        known = self._find_listings(items)
        fresh = [item for item in items if item.external_id not in known]
        self._check_renamed(items, known)
        rows = {
            known[item.external_id]: self._prepare_seen(item, seen_at)
            for item in items
            if item.external_id in known
        }
        listing = self.env["oms.channel.listing"]
        update_rows(listing.browse([row.id for row in rows]), [*rows.values()])
        created = listing.create(
            [
                {"channel_id": self.id} | self._prepare_seen(item, seen_at)
                for item in fresh
            ]
        )
        created._match()

    def _find_listings(self, items):
        """{external id: listing} by key, else by SKU where no key was known."""
        listings = (
            self.env["oms.channel.listing"]
            .with_context(active_test=False)
            .search(
                [
                    ("channel_id", "=", self.id),
                    "|",
                    ("external_id", "in", [item.external_id for item in items]),
                    *("&", ("external_id", "in", (False, ""))),
                    ("sku", "in", [item.sku for item in items if item.sku]),
                ]
            )
        )
        by_key = {row.external_id: row for row in listings if row.external_id}
        by_sku = {row.sku: row for row in listings if not row.external_id}
        found = {}
        for item in items:
            row = by_key.get(item.external_id) or by_sku.pop(item.sku, None)
            if row:
                found[item.external_id] = row
        return found

    def _check_renamed(self, items, known):
        """Free the product of what has another SKU now: it may be another thing."""
        renamed = self.env["oms.channel.listing"].union(
            *(
                known[item.external_id]
                for item in items
                if item.external_id in known
                and known[item.external_id].sku
                and known[item.external_id].sku != item.sku
            )
        )
        if renamed:
            renamed.write({"product_id": False, "pushed_at": False})
            renamed.price_pushed_at = False

    def _prepare_seen(self, item, seen_at):
        return {
            "sku": item.sku or False,
            "name": item.name,
            "barcode": item.barcode or False,
            "external_id": item.external_id,
            "product_external_id": item.product_external_id or False,
            "item_external_id": item.item_external_id or False,
            "shop_counts": item.quantity is not None,
            "shop_quantity": item.quantity or 0,
            "shop_price": float(item.price or 0),
            "seen_at": seen_at,
            "is_missing": False,
        }

    # === DIFFERENCES ===

    def _note_missing(self, seen):
        listings = self.env["oms.channel.listing"].search(
            [("channel_id", "=", self.id), ("is_missing", "=", False)]
        )
        listings.filtered(lambda row: row.external_id not in seen).is_missing = True

    def _note_drift(self):
        listings = self.env["oms.channel.listing"].search(
            [
                ("channel_id", "=", self.id),
                ("product_id", "!=", False),
                ("is_missing", "=", False),
            ]
        )
        rows = listings._prepare_drift_rows(
            self._get_stock_levels(listings),
            self._get_prices(listings),
            stock=self.push_stock,
            price=self.push_prices,
        )
        update_rows(listings, rows)

    def _correct_lasting(self):
        late = fields.Datetime.now() - PATIENCE
        self._correct(
            self.env["oms.channel.listing"].search(
                [
                    ("channel_id", "=", self.id),
                    ("state", "=", "drift"),
                    ("drift_since", "<=", late),
                ]
            )
        )

    def _correct(self, listings):
        """Tell the shop again what it shows differently."""
        self.ensure_one()
        stock = listings.filtered("quantity_drift")
        prices = listings.filtered("price_drift")
        stock.write({"pushed_at": False})
        prices.write({"price_pushed_at": False})
        if stock:
            self._queue_stock()
        if prices:
            self._queue_prices()

    # === TELLING ===

    def _get_stock_levels(self, listings):
        """Override of this addon: less what is kept back, nothing of what is off."""
        sold = listings.filtered("product_id")
        return {
            listing: max(quantity - math.ceil(listing.buffer_quantity), 0)
            if listing.active
            else 0
            for listing, quantity in super()._get_stock_levels(sold).items()
        }

    def _tell_nothing_left(self, listings):
        """The last word about listings that are switched off."""
        told = listings.filtered(lambda row: row.pushed_at and row.pushed_quantity)
        if not self.push_stock or not told:
            return
        self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": "stock",
                    "key": f"stock:off:{uuid.uuid4()}",
                    "external_id": "stock",
                    "payload": self._dump_levels([(row, 0) for row in told]),
                }
            ],
            direction="out",
        )
        self._delay_processing("out")

    def _set_pushed(self, levels, answers):
        """Override of this addon: refusals are told at the listing."""
        result = super()._set_pushed(levels, answers)
        told = {"quantity_drift": False, "drift_since": False}
        self._settle_listings(levels, answers, told)
        return result

    def _settle_listings(self, told, answers, values):
        """Note what became of SKUs at their listings.

        :param told: what the shop was told, by SKU
        :param dict values: what to write on those that were taken
        :return: the listings that were taken
        """
        listings = (
            self.env["oms.channel.listing"]
            .with_context(active_test=False)
            .search([("channel_id", "=", self.id), ("sku", "in", list(told))])
        )
        refused = listings.filtered(
            lambda row: isinstance(answers.get(row.sku), Rejected)
        )
        taken = listings.filtered(lambda row: not answers.get(row.sku))
        update_rows(refused, [{"error": str(answers[row.sku])} for row in refused])
        taken.write(values | {"error": False})
        return taken

    # === ACTIONS ===

    def action_read_catalogue(self):
        """Have the shop's catalogue read and compared, in the background."""
        self.env["oms.channel.listing"].check_access("write")
        self._delay_catalogue()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "The catalogue is being read. Come back in a moment: its listings "
                    "and differences will be here."
                ),
                "type": "info",
            },
        }

    def action_view_listings(self, state=None):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_channel_listing"
        )
        chosen = {f"search_default_{state}": 1} if state else {}
        return action | {
            "domain": [("channel_id", "=", self.id)],
            "context": {"default_channel_id": self.id, **chosen},
        }

    def action_view_unmatched(self):
        return self.action_view_listings("unmatched")

    def action_view_drift(self):
        return self.action_view_listings("drift")

    def action_view_refused(self):
        return self.action_view_listings("error")

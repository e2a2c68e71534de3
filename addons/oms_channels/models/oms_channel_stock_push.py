# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid

from odoo import api, fields, models

from ..engine.documents import StockLevel
from ..engine.errors import Rejected
from ..engine.idempotency import digest

LEVELS_PER_MESSAGE = 250
EVERYWHERE = ""


class OmsChannel(models.Model):
    """Telling the shop what may be sold.

    A message names SKUs. The figures are read when it is sent, never when it was
    queued: a message that waited out an outage tells what is true afterwards.
    """

    _inherit = "oms.channel"

    push_stock = fields.Boolean(help="Tell the shop what may be sold of each listing.")

    # === QUEUE ===

    @api.model
    def _cron_push_stock(self):
        for channel in self.search([("push_stock", "=", True)]):
            channel._queue_stock()

    def _queue_stock(self):
        """Queue the listings whose figures differ from what the shop was told last."""
        self.ensure_one()
        waiting = self._get_waiting_skus()
        listings = self.listing_ids.filtered(
            lambda listing: listing.active and listing.sku not in waiting
        )
        levels = self._get_stock_levels(listings)
        places = self._get_place_levels(levels)
        changed = [
            (listing, quantity)
            for listing, quantity in levels.items()
            if not listing.pushed_at or places[listing] != listing._get_told_levels()
        ]
        stored = self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": "stock",
                    "key": f"stock:{uuid.uuid4().hex}",
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

    def _get_waiting_skus(self):
        """SKUs that are told soon, or that the shop refuses until a person acts."""
        messages = self.env["oms.channel.message"].search(
            [
                ("channel_id", "=", self.id),
                ("direction", "=", "out"),
                ("kind", "=", "stock"),
                ("state", "in", ("pending", "failed", "quarantined")),
            ]
        )
        return {row["sku"] for message in messages for row in message._get_payload()}

    def _dump_levels(self, changed):
        """The payload that names these (listing, quantity at this moment)."""
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

    # === FIGURES ===

    def _get_stock_levels(self, listings):
        """{listing: units that this channel may sell}, whole and never negative."""
        free = listings.product_id._get_oms_availability(self._get_oms_nodes(), self)
        return {
            listing: max(
                int(free.channels.get((listing.product_id.id, self.id), 0.0)), 0
            )
            for listing in listings
        }

    def _get_place_levels(self, levels):
        """{listing: {location's key: units}}, together what the channel may sell.

        A channel whose locations stand for no warehouse has one figure, for what all
        its places have together.

        :param levels: {listing: units that the channel may sell}
        """
        levels = {listing: int(units) for listing, units in levels.items()}
        places = self.location_ids.filtered("warehouse_id")
        if not places:
            return {listing: {EVERYWHERE: units} for listing, units in levels.items()}
        products = self.env["product.product"].union(
            *(listing.product_id for listing in levels)
        )
        free = products._get_oms_availability(self._get_oms_nodes())
        spread = {}
        for listing, rest in levels.items():
            spread[listing] = told = {}
            for place in places:
                key = (listing.product_id.id, place.warehouse_id.id)
                units = max(int(free.get(key, 0.0)), 0)
                told[place.external_id] = min(units, rest)
                rest -= told[place.external_id]
        return spread

    # === PUSH ===

    def _push_stock_messages(self, messages):
        """:return: {message: error or None}; a refused SKU has a message of its own"""
        skus = {row["sku"] for message in messages for row in message._get_payload()}
        listings = (
            self.env["oms.channel.listing"]
            .with_context(active_test=False)
            .search([("channel_id", "=", self.id), ("sku", "in", list(skus))])
        )
        levels = self._get_stock_levels(listings)
        places = self._get_place_levels(levels)
        answers = self._get_connector()._push_stock(
            self,
            [
                StockLevel(listing.sku, units, listing.external_id or "", place)
                for listing, told in places.items()
                for place, units in told.items()
            ],
        )
        self._set_pushed(
            {
                listing.sku: StockLevel(
                    listing.sku, quantity, listing.external_id or ""
                )
                for listing, quantity in levels.items()
            },
            answers,
        )
        self._set_pushed_levels(places, answers)
        self._set_refused(messages, levels, answers)
        return {
            message: self._get_stock_error(message, answers) for message in messages
        }

    def _set_pushed(self, levels: dict[str, StockLevel], answers):
        """Remember what the shop has taken."""
        taken = {sku: level for sku, level in levels.items() if not answers.get(sku)}
        listings = self.listing_ids.filtered(lambda listing: listing.sku in taken)
        now = fields.Datetime.now()
        for quantity, same in listings.grouped(
            lambda listing: taken[listing.sku].quantity
        ).items():
            same.write({"pushed_quantity": quantity, "pushed_at": now})

    def _set_pushed_levels(self, places, answers):
        taken = self.env["oms.channel.listing"].union(
            *(listing for listing in places if not answers.get(listing.sku))
        )
        for told, same in taken.grouped(
            lambda listing: tuple(places[listing].items())
        ).items():
            same.pushed_levels = dict(told)

    def _set_refused(self, messages, levels, answers):
        """Show each SKU that the shop refuses to a person; the others are told."""
        alone = self._get_skus_told_alone(messages)
        today = fields.Date.today().isoformat()
        self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": "stock",
                    "key": f"stock:{listing.sku}:{digest(str(error))[:16]}:{today}",
                    "external_id": f"stock:{listing.sku}",
                    "payload": self._dump_levels([(listing, quantity)]),
                    "state": "quarantined",
                    "error": str(error),
                    "acts": error.acts,
                }
                for listing, quantity in levels.items()
                if isinstance(error := answers.get(listing.sku), Rejected)
                and listing.sku not in alone
            ],
            direction="out",
        )

    def _get_stock_error(self, message, answers):
        errors = [answers.get(row["sku"]) for row in message._get_payload()]
        if len(errors) == 1:
            return errors[0]
        return next(
            (error for error in errors if error and not isinstance(error, Rejected)),
            None,
        )

    def _get_skus_told_alone(self, messages):
        payloads = [message._get_payload() for message in messages]
        return {rows[0]["sku"] for rows in payloads if len(rows) == 1}

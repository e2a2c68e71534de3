# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.documents import Price
from ..engine.errors import Misconfigured, Retry

PRICES_PER_MESSAGE = 250


class OmsChannel(models.Model):
    """What a channel is told of prices."""

    _inherit = "oms.channel"

    push_prices = fields.Boolean(
        help="Tell the shop what each listing costs, whenever that changes."
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        "Prices From",
        check_company=True,
        help="Prices of listings that have none of their own. Empty: the sales price "
        "of the product. With or without tax, as the shop's prices are.",
    )
    shop_currency_id = fields.Many2one(
        "res.currency", "Currency of the Shop", readonly=True, copy=False
    )

    # === CONSTRAINTS ===

    @api.constrains("push_prices", "pricelist_id")
    def _check_price_currency(self):
        for channel in self.filtered("push_prices"):
            if sentence := channel._get_price_problem():
                raise ValidationError(sentence)

    def _get_price_problem(self):
        """Why no price can be told, or False."""
        ours, theirs = self._get_price_currency(), self.shop_currency_id
        return (
            theirs
            and ours != theirs
            and self.env._(
                "Prices of %(channel)s are in %(ours)s, and the shop sells in "
                "%(theirs)s. Choose a pricelist in %(theirs)s.",
                channel=self.name,
                ours=ours.name,
                theirs=theirs.name,
            )
        )

    # === PRICES ===

    def _get_price_currency(self):
        return self.pricelist_id.currency_id or self.currency_id

    def _get_prices(self, listings):
        """{listing: what it should cost}: its own price, the list's, the product's."""
        channel = self.with_company(self.company_id)
        own = listings.filtered(lambda row: row.fixed_price or not row.product_id)
        products = (listings - own).product_id.with_env(channel.env)
        if channel.pricelist_id:
            found = channel.pricelist_id._get_products_price(products, 1.0)
        else:
            found = {product.id: product.lst_price for product in products}
        currency = channel._get_price_currency()
        return {
            listing: currency.round(
                listing.fixed_price
                if listing in own
                else found.get(listing.product_id.id, 0.0)
            )
            for listing in listings
        }

    # === PUSH ===

    @api.model
    def _cron_push_prices(self):
        for channel in self.search([("push_prices", "=", True)]):
            channel._queue_prices()

    def _queue_prices(self):
        """Queue the prices that differ from what the shop was told last.

        While an earlier message waits, for the shop or for a person, nothing is
        added to it: what changes meanwhile is told after it.
        """
        self.ensure_one()
        message = self.env["oms.channel.message"]
        if problem := self._get_price_problem():
            self.catalogue_error = problem
            return message
        if message.search_count(self._get_open_price_domain(), limit=1):
            return message
        listings = self.env["oms.channel.listing"].search(
            [
                ("channel_id", "=", self.id),
                ("product_id", "!=", False),
                ("sku", "!=", False),
            ]
        )
        prices = self._get_prices(listings)
        changed = listings.filtered(
            lambda row: (
                not row.price_pushed_at
                or self._get_price_currency().compare_amounts(
                    row.pushed_price, prices[row]
                )
            )
        )
        stored = message._store(
            self,
            [
                {
                    "kind": "price",
                    "key": f"price:{uuid.uuid4()}",
                    "external_id": "price",
                    "payload": self._dump_prices(
                        changed[start : start + PRICES_PER_MESSAGE], prices
                    ),
                }
                for start in range(0, len(changed), PRICES_PER_MESSAGE)
            ],
            direction="out",
        )
        if stored:
            self._delay_processing("out")
        return stored

    def _get_open_price_domain(self):
        return [
            ("channel_id", "=", self.id),
            ("direction", "=", "out"),
            ("kind", "=", "price"),
            ("state", "in", ("pending", "failed", "quarantined", "dead")),
        ]

    def _dump_prices(self, listings, prices):
        currency = self._get_price_currency()
        return self._dump(
            [
                {
                    "sku": listing.sku,
                    "amount": f"{prices[listing]:.{currency.decimal_places}f}",
                    "currency": currency.name,
                    "product_external_id": listing.external_id or "",
                }
                for listing in listings
            ]
        )

    def _push_price_messages(self, messages):
        """Only the newest price of a SKU counts. :return: {message: error or None}

        What the shop refuses of single listings is told at the listing.
        """
        prices, rows = {}, {}
        for message in messages:
            rows[message] = message._get_payload()
            for row in rows[message]:
                amount = Decimal(row["amount"])
                prices[row["sku"]] = Price(**(row | {"amount": amount}))
        answers = self._get_connector()._push_prices(self, list(prices.values()))
        self._set_prices_pushed(prices, answers)
        return {
            message: next(
                (
                    answers[row["sku"]]
                    for row in mine
                    if isinstance(answers.get(row["sku"]), Retry | Misconfigured)
                ),
                None,
            )
            for message, mine in rows.items()
        }

    def _set_prices_pushed(self, prices, answers):
        """Remember what the shop has taken, and what it refused."""
        taken = self._settle_listings(
            prices,
            answers,
            {
                "price_pushed_at": fields.Datetime.now(),
                "price_drift": False,
                "drift_since": False,
            },
        )
        for amount, listings in taken.grouped(
            lambda listing: prices[listing.sku].amount
        ).items():
            listings.pushed_price = float(amount)

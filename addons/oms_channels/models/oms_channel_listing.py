# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

STATES = [
    ("unmatched", "Not matched"),
    ("error", "Refused"),
    ("drift", "Different in the shop"),
    ("listed", "Listed"),
    ("off", "Off"),
]


class OmsChannelListing(models.Model):
    """A product as one channel sells it.

    What the shop sells and nobody here knows yet is a listing too, without product.
    """

    _name = "oms.channel.listing"
    _description = "Channel Listing"
    _order = "channel_id, sku, id"
    _rec_names_search = ["sku", "name", "barcode"]

    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="channel_id.company_id", store=True, index=True
    )
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('company_id', 'in', (False, company_id))]",
    )
    active = fields.Boolean(
        "On",
        default=True,
        help="Off: the shop is told once that nothing of it is left, and then nothing "
        "more. Orders that name it are still understood.",
    )
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, index=True, readonly=True
    )
    error = fields.Char(
        "What is wrong", readonly=True, copy=False, help="What the shop refused last."
    )

    # As the shop names it.
    sku = fields.Char("Channel SKU")
    name = fields.Char("Name in the Shop", readonly=True)
    barcode = fields.Char("Barcode in the Shop", readonly=True)
    external_id = fields.Char(
        "Variant's Key",
        help="What lines of orders name. Empty if the channel knows SKUs only, or its "
        "catalogue has not been read.",
    )
    product_external_id = fields.Char("Product's Key", readonly=True)
    item_external_id = fields.Char("Stock Item's Key", readonly=True)

    # Ours.
    buffer_quantity = fields.Float(
        "Keep Back",
        digits="Product Unit",
        help="Units that this channel is never told of, on top of the channel's own.",
    )
    fixed_price = fields.Float(
        digits="Product Price", help="Zero: the price comes from the channel's list."
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_price")
    price = fields.Monetary(compute="_compute_price", help="What it should cost there.")

    # What the shop was told.
    pushed_quantity = fields.Integer(
        "Stock Told", readonly=True, copy=False, aggregator=None
    )
    pushed_at = fields.Datetime("Stock Told At", readonly=True, copy=False)
    pushed_price = fields.Float(
        "Price Told",
        digits="Product Price",
        readonly=True,
        copy=False,
        aggregator=None,
    )
    price_pushed_at = fields.Datetime("Price Told At", readonly=True, copy=False)

    _matched_sku_uniq = models.UniqueIndex(
        "(channel_id, sku) WHERE product_id IS NOT NULL AND sku <> ''",
        "This SKU of the channel is listed already.",
    )
    _external_uniq = models.UniqueIndex(
        "(channel_id, external_id) WHERE external_id <> ''",
        "The channel lists this key already.",
    )
    _buffer_valid = models.Constraint(
        "CHECK(buffer_quantity >= 0 AND fixed_price >= 0)",
        "What is kept back and what it costs cannot be less than zero.",
    )

    # === COMPUTE ===

    @api.depends(
        *("product_id", "active", "error", "is_missing"),
        *("quantity_drift", "price_drift"),
    )
    def _compute_state(self):
        for listing in self:
            if not listing.active:
                listing.state = "off"
            elif not listing.product_id:
                listing.state = "unmatched"
            elif listing.error or listing.is_missing:
                listing.state = "error"
            elif listing.quantity_drift or listing.price_drift:
                listing.state = "drift"
            else:
                listing.state = "listed"

    @api.depends("sku", "name", "product_id")
    def _compute_display_name(self):
        for listing in self:
            listing.display_name = (
                listing.sku or listing.name or listing.product_id.display_name
            )

    @api.depends("product_id.lst_price", "fixed_price", "channel_id.pricelist_id")
    def _compute_price(self):
        for channel, listings in self.grouped("channel_id").items():
            prices = channel._get_prices(listings)
            for listing in listings:
                listing.price = prices[listing]
                listing.currency_id = channel._get_price_currency()

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        listings = super().create(vals_list)
        listings._release_waiting_orders()
        return listings

    def write(self, vals):
        """Switching off is told to the shop, where it was told a figure before."""
        going = self.browse()
        if vals.get("active") is False:
            going = self.filtered("active")
        result = super().write(vals)
        if vals.get("product_id"):
            self._release_waiting_orders()
        for channel, listings in going.grouped("channel_id").items():
            channel._tell_nothing_left(listings)
        if going:
            # Switched on again, it is told everything anew.
            super(OmsChannelListing, going).write(
                {"pushed_at": False, "price_pushed_at": False}
            )
        return result

    # === BUSINESS ===

    def _release_waiting_orders(self):
        """Let orders go on that waited for a product with these SKUs."""
        listings = self.filtered(lambda listing: listing.product_id and listing.sku)
        if listings:
            # Whoever keeps listings need not see orders; the hold is about the
            # product only.
            holds = self.env["oms.hold"].sudo()._find_unknown(listings)  # see above
            holds._release_each(self.env._("the product is listed now"))

    # === ACTIONS ===

    def action_switch_on(self):
        self.check_access("write")
        self.action_unarchive()

    def action_switch_off(self):
        self.action_archive()

    def action_correct(self):
        """Tell the shop again what it shows differently."""
        self.check_access("write")
        for channel, listings in self.grouped("channel_id").items():
            channel._correct(listings)

    def action_view_product(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "product.product",
            "res_id": self.product_id.id,
            "view_mode": "form",
        }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelListing(models.Model):
    """A product as one channel sells it."""

    _name = "oms.channel.listing"
    _description = "Channel Listing"
    _order = "channel_id, sku"
    _rec_name = "sku"

    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="cascade"
    )
    sku = fields.Char("Channel SKU", required=True)
    external_id = fields.Char(
        help="The channel's own key of the product, empty if it knows SKUs only."
    )
    active = fields.Boolean(default=True)
    pushed_quantity = fields.Integer(
        readonly=True, help="What the channel was told last; -1: nothing yet."
    )
    pushed_at = fields.Datetime(readonly=True)

    _sku_uniq = models.Constraint(
        "UNIQUE(channel_id, sku)", "This SKU of the channel is listed already."
    )
    _external_idx = models.Index("(channel_id, external_id)")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    """Who gives the money back when an order is cancelled here."""

    _inherit = "oms.channel"

    cancel_refund = fields.Selection(
        [
            ("shop", "The shop gives it back"),
            ("here", "It is refunded from here, or by hand"),
        ],
        "Money of Cancelled Orders",
        default="shop",
        required=True,
        help="Whether the shop, when it is told of a cancellation, gives back what it "
        "holds of the buyer's money. Whoever cancels may choose otherwise. What a "
        "credit note has given back already is not given back again.",
    )

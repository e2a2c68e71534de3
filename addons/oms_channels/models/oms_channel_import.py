# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    """What is made of an order when it comes in."""

    _inherit = "oms.channel"

    customer_match = fields.Selection(
        [
            ("never", "Only the channel's own number"),
            ("channel", "Number, or same e-mail in this channel"),
            ("company", "Number, or same e-mail in the company"),
            ("vat", "Number, or same VAT number"),
        ],
        "Recognise Customers By",
        default="channel",
        required=True,
        help="How a buyer is recognised. An e-mail address counts only together with "
        "the same name, and only if it fits one contact; addresses that marketplaces "
        "make up for each order never count. With the VAT number, buyers without one "
        "are recognised by e-mail in this channel. In doubt a new contact is made: see "
        "Customers That May Be the Same.",
    )
    sells_on_account = fields.Boolean(
        "Sold on Account",
        help="Buyers pay our invoice later: an order without a payment is not held. "
        "Business orders (UBL, EDIFACT, X12) bring no payment.",
    )
    terms_on_account = fields.Boolean(
        "Payment Terms Count",
        help="Buyers who have payment terms here, on their contact, pay our invoice "
        "later, too: their orders without a payment are not held, unless they exceed "
        "the contact's credit limit.",
    )
    arrived_shipped = fields.Selection(
        [
            ("here", "They left from our places"),
            ("elsewhere", "They left from places that are not ours"),
        ],
        "Orders That Come Shipped",
        default="here",
        required=True,
        help="An order may be shipped, wholly or in part, before it comes here. Goods "
        "that left from our places are taken off our stock. Goods that left from the "
        "marketplace's own warehouse, say, count as shipped and our stock stays as it "
        "is.",
    )

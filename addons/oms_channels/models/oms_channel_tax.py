# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelTax(models.Model):
    """Which tax here stands for a rate that the channel charges.

    The amount is always the channel's; the tax says on which account and report
    it goes.
    """

    _name = "oms.channel.tax"
    _description = "Channel Tax"
    _order = "channel_id, rate"

    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    title = fields.Char(required=True, help="The tax in the channel's words.")
    rate = fields.Float("Rate (%)", digits=(9, 6), required=True)
    is_included = fields.Boolean("Included in Prices")
    by_channel = fields.Boolean(
        "Collected by the Channel",
        help="The channel itself owes this tax to the state: it is kept apart from our "
        "own, on an account of its own, and is in none of our tax reports.",
    )
    tax_id = fields.Many2one(
        "account.tax",
        required=True,
        ondelete="restrict",
        domain="[('type_tax_use', '=', 'sale'), ('company_id', '=', company_id)]",
    )

    _rate_uniq = models.Constraint(
        "UNIQUE(channel_id, title, rate, is_included, by_channel)",
        "This rate of the channel already has a tax.",
    )

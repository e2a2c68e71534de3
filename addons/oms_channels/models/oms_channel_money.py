# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OmsChannel(models.Model):
    """What a channel's money is counted in, and who takes it."""

    _inherit = "oms.channel"

    currency_side = fields.Selection(
        [("shop", "The shop's own currency"), ("presentment", "The buyer's currency")],
        "Orders Are In",
        default="shop",
        required=True,
        help="A shop that sells abroad knows each order in two currencies. Orders are "
        "imported in this one, with the amounts that the shop gives for it.",
    )
    gateway_ids = fields.One2many("oms.channel.gateway", "channel_id")
    unmapped_gateway_count = fields.Integer(
        compute="_compute_unmapped_gateway_count", string="Gateways Not Mapped"
    )

    @api.depends("gateway_ids.is_mapped")
    def _compute_unmapped_gateway_count(self):
        for channel in self:
            channel.unmapped_gateway_count = len(
                channel.gateway_ids.filtered(lambda gateway: not gateway.is_mapped)
            )

    @api.constrains("currency_side")
    def _check_currency_side(self):
        """Orders that are here in one currency cannot be updated in another."""
        used = self.env["sale.order"]._read_group(
            [("oms_channel_id", "in", self.ids), ("oms_external_id", "!=", False)],
            ["oms_channel_id"],
            ["__count"],
        )
        if used:
            channel, count = used[0]
            raise ValidationError(
                self.env._(
                    "%(channel)s has %(count)s orders in the other currency already. "
                    "Make a second channel for the orders to come, or leave it as "
                    "it is.",
                    channel=channel.name,
                    count=count,
                )
            )

    def _get_gift_card_account(self):
        """The account on which we owe the worth of sold gift cards, if there is one."""
        cards = self.gateway_ids.filtered(
            lambda gateway: gateway.kind == "gift_card" and gateway.clearing_account_id
        )
        return cards[:1].clearing_account_id

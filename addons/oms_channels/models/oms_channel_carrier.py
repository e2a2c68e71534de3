# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsChannelCarrier(models.Model):
    """Which delivery method here stands for a shipping method of the channel.

    A method that is not mapped is taken by its name, if one here has the same.
    """

    _name = "oms.channel.carrier"
    _description = "Channel Shipping Method"
    _order = "channel_id, name"
    _check_company_auto = True

    name = fields.Char(
        "Shipping Method", required=True, help="In the channel's own words."
    )
    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="channel_id.company_id", store=True, index=True
    )
    carrier_id = fields.Many2one(
        "delivery.carrier",
        "Delivery Method",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    _name_uniq = models.Constraint(
        "UNIQUE(channel_id, name)", "The channel has this shipping method already."
    )

    @api.model
    def _update_known(self, channel, names):
        """Note which shipping methods the channel has; the mapping is kept."""
        known = self.search([("channel_id", "=", channel.id)])
        carriers = self.env["delivery.carrier"].search(
            [("company_id", "in", (False, channel.company_id.id))]
        )
        by_name = {carrier.name.casefold(): carrier.id for carrier in carriers}
        self.create(
            [
                {
                    "channel_id": channel.id,
                    "name": name,
                    "carrier_id": by_name.get(name.casefold()),
                }
                for name in set(names) - {"", *known.mapped("name")}
            ]
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsChannel(models.Model):
    """What the channel names, and what it is here; where that is set up."""

    _inherit = "oms.channel"

    tax_ids = fields.One2many("oms.channel.tax", "channel_id")
    carrier_ids = fields.One2many("oms.channel.carrier", "channel_id")

    @api.model
    def _get_setup_action(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_channel_setup"
        )

    def action_open_setup(self):
        """Go on setting this channel up, or begin to."""
        self.ensure_one()
        setups = self.env["oms.channel.setup"]
        setup = setups.search([("channel_id", "=", self.id)]) or setups.create(
            {
                "channel_id": self.id,
                "wants_orders": self.fetch_orders,
                "wants_stock": self.push_stock,
                "wants_prices": self.push_prices,
            }
        )
        setup.step = "connect" if setup.live_at else setup.step
        return self._get_setup_action() | {"res_id": setup.id}

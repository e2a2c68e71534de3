# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderImporter(models.AbstractModel):
    _inherit = "oms.order.importer"

    def _find_carriers(self, channel, orders):
        """Override of this addon: what is mapped goes before what has the same name."""
        found = super()._find_carriers(channel, orders)
        names = {order.shipping_method for order in orders} - {""}
        if not names:
            return found
        mapped = self.env["oms.channel.carrier"].search(
            [
                ("channel_id", "=", channel.id),
                ("name", "in", list(names)),
                ("carrier_id", "!=", False),
            ]
        )
        return found | {row.name.casefold(): row.carrier_id for row in mapped}

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL


class StockPicking(models.Model):
    """Tracking numbers that are written after the goods have left."""

    _inherit = "stock.picking"

    # === CRUD ===

    def write(self, vals):
        """Override of `stock` to tell channels the numbers of what they know."""
        if "carrier_tracking_ref" not in vals or FROM_CHANNEL.is_on(self):
            return super().write(vals)
        former = {picking: picking.carrier_tracking_ref or "" for picking in self}
        result = super().write(vals)
        changed = self.filtered(
            lambda p: (
                p.state == "done"
                and p.picking_type_code == "outgoing"
                and p.sale_id.oms_external_id
                and (p.carrier_tracking_ref or "") != former[p]
            )
        )
        for channel, group in changed.grouped("oms_channel_id").items():
            # Whoever writes a number need not be allowed to see messages.
            channel.sudo()._send_tracking(group)  # see above
        return result

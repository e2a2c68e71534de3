# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionCarrier(models.AbstractModel):
    """Who carries it; what the buyer was charged for shipping stays."""

    _name = "oms.order.action.carrier"
    _inherit = "oms.order.action"
    _description = "Order Action: Carrier"

    def _apply(self, action, orders):
        carrier = action.carrier_id
        others = orders.filtered(lambda order: order.carrier_id != carrier)
        others.carrier_id = carrier
        others.picking_ids.filtered(
            lambda picking: (
                picking.picking_type_code == "outgoing"
                and picking.state not in ("done", "cancel")
            )
        ).carrier_id = carrier
        return others

    def _describe(self, action):
        return self.env._("ship with %s", action.carrier_id.name or "…")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    """What becomes of orders that came too late for the last unit."""

    _inherit = "sale.order"

    def _action_confirm(self):
        """Override of `sale` to refuse what the channel does not let wait."""
        result = super()._action_confirm()
        self._oms_refuse_short()
        return result

    def _oms_resume(self):
        """Override: after a hold the goods may have gone to others."""
        result = super()._oms_resume()
        self._oms_refuse_short()
        return result

    def _oms_refuse_short(self):
        """Mark as unfillable what lacks goods, where the channel wants that."""
        refusing = self.filtered(
            lambda order: order.oms_channel_id.out_of_stock == "unfillable"
        )
        short = refusing.filtered(lambda order: order.oms_state == "backordered")
        short.oms_unfillable = True
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "note",
                    "sentence": self.env._(
                        "Not enough goods, and %(channel)s does not let buyers wait: "
                        "cancel it, offer something else, or wait all the same.",
                        channel=order.oms_channel_id.name,
                    ),
                }
                for order in short
            ]
        )

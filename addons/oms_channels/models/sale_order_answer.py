# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    """The moment at which a sender of business orders is answered."""

    _inherit = "sale.order"

    def _action_confirm(self):
        """Override of `sale`: whoever sent the order is told what is accepted."""
        result = super()._action_confirm()
        asked = self.filtered(
            lambda order: order.oms_external_id and order.oms_channel_id.answers_files
        )
        for channel, orders in asked.grouped("oms_channel_id").items():
            channel._send_responses(orders)
        return result

    def _get_oms_accepted(self):
        """{key of a line: units that its sender will get}"""
        self.ensure_one()
        if self.state == "cancel":
            return {}
        lines = self.order_line.filtered("oms_external_id")
        return {line.oms_external_id: line.product_uom_qty for line in lines}

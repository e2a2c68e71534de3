# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrderLine(models.Model):
    """A gift card that is sold is a debt, not a sale."""

    _inherit = "sale.order.line"

    def _prepare_invoice_line(self, **optional_values):
        """Override of `sale` to owe the worth of a sold gift card to its owner."""
        values = super()._prepare_invoice_line(**optional_values)
        cards = self.env["oms.product.resolver"]._get_product_of_kind("gift_card")
        if self.product_id == cards and self.order_id.oms_external_id:
            # Who invoices need not be allowed to read the settings of a channel.
            channel = self.order_id.oms_channel_id.sudo()  # see above
            if account := channel._get_gift_card_account():
                values["account_id"] = account.id
        return values

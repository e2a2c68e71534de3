# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsReturnCreateLine(models.TransientModel):
    """One order line of which units may come back."""

    _name = "oms.return.create.line"
    _description = "Request a Return: Line"

    wizard_id = fields.Many2one("oms.return.create", required=True, ondelete="cascade")
    sale_line_id = fields.Many2one("sale.order.line", required=True)
    product_id = fields.Many2one(related="sale_line_id.product_id")
    image_128 = fields.Image(related="product_id.image_128", string="Picture")
    product_uom_id = fields.Many2one(related="sale_line_id.product_uom_id")
    returnable = fields.Float(digits="Product Unit", readonly=True)
    quantity = fields.Float("To Return", digits="Product Unit")
    reason_id = fields.Many2one("oms.return.reason")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    oms_warehouse_note = fields.Text(related="sale_id.oms_warehouse_note")

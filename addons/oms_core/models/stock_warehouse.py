# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    oms_kind = fields.Selection(
        [
            ("dc", "Distribution centre"),
            ("store", "Store"),
            ("3pl", "Third-party logistics"),
            ("dropship", "Drop-ship supplier"),
            ("marketplace", "Fulfilled by a marketplace"),
        ],
        string="Kind of Place",
        default="dc",
        required=True,
    )

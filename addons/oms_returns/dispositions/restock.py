# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsDispositionRestock(models.AbstractModel):
    """Back on the shelf of the place that received it, ready to be sold again."""

    _name = "oms.disposition.restock"
    _inherit = "oms.disposition"
    _description = "Disposition: Restock"

    def _get_destination(self, line):
        return line.return_id.warehouse_id.lot_stock_id

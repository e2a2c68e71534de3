# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _log_message(self, record, move, template, vals):
        """Override of `stock`: the history tells what a shop has changed, once."""
        if FROM_CHANNEL.is_on(self):
            return None
        return super()._log_message(record, move, template, vals)

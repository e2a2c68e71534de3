# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .company_check import get_unchecked_links


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _check_company(self, fnames=None):
        """Override of the ORM to leave to it what is no plain link."""
        result = None
        for records, names in get_unchecked_links(self, fnames):
            result = super(StockMoveLine, records)._check_company(names)
        return result

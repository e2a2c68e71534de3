# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_oms_address(self):
        """Name and address as lines of text; empty lines left out."""
        if not self:  # a quotation begins without a customer
            return False
        self.ensure_one()
        lines = [self.name, *self._display_address(without_company=True).split("\n")]
        return "\n".join(line.strip() for line in lines if line and line.strip())

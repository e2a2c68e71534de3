# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsDispositionDonate(models.AbstractModel):
    """Given away: the goods leave stock for those who need them."""

    _name = "oms.disposition.donate"
    _inherit = "oms.disposition"
    _description = "Disposition: Donate"

    def _get_destination(self, line):
        return self.env.ref("oms_example_disposition.location_donations")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.trigram import trigram_index


class StockPicking(models.Model):
    _inherit = "stock.picking"

    _oms_tracking_trgm = trigram_index("carrier_tracking_ref")

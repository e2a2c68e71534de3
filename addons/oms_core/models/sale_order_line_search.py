# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.trigram import trigram_index


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    _oms_external_sku_trgm = trigram_index("oms_external_sku")

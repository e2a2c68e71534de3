# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.trigram import trigram_index


class ProductProduct(models.Model):
    _inherit = "product.product"

    _oms_sku_trgm = trigram_index("default_code")

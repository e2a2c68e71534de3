# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .batch import get_batch


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _get_weight_uom_id_from_ir_config_parameter(self):
        """Override of `product`: each new picking asks, the answer stays."""
        batch = get_batch(self)
        find = super()._get_weight_uom_id_from_ir_config_parameter
        if batch is None:
            return find()
        return batch.remember((self._name, "weight uom"), find).with_env(self.env)

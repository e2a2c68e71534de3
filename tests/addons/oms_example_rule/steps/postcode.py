# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.postcode import PostcodeRegion


class OmsRoutingStepPostcode(models.AbstractModel):
    _name = "oms.routing.step.postcode"
    _inherit = "oms.routing.step"
    _description = "Routing Step: Place for a Region"

    def _build(self, rule):
        prefixes = (rule.postcode_prefixes or "").replace(",", " ").split()
        return PostcodeRegion(
            node=rule.postcode_warehouse_id.id, prefixes=tuple(prefixes)
        )

    def _describe(self, rule):
        return self.env._(
            "%(place)s first for postcodes that begin with %(prefixes)s.",
            place=rule.postcode_warehouse_id.name or "",
            prefixes=rule.postcode_prefixes or "",
        )

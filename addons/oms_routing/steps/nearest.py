# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.sorters import Nearest


class OmsRoutingStepNearest(models.AbstractModel):
    _name = "oms.routing.step.nearest"
    _inherit = "oms.routing.step"
    _description = "Routing Step: Nearest First"

    def _build(self, rule):
        return Nearest(band_km=rule.band_km)

    def _describe(self, rule):
        if rule.band_km > 0:
            return self.env._(
                "The nearest first, in bands of %(band)s km.", band=f"{rule.band_km:g}"
            )
        return self.env._("The nearest first, as the crow flies.")

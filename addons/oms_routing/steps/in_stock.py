# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.filters import InStock


class OmsRoutingStepInStock(models.AbstractModel):
    _name = "oms.routing.step.in_stock"
    _inherit = "oms.routing.step"
    _description = "Routing Step: Has the Goods"

    def _build(self, rule):
        return InStock(complete=rule.never_split)

    def _describe(self, rule):
        if rule.never_split:
            return self.env._("Only places that have the whole order.")
        return self.env._(
            "Only places that have goods; one that has everything before several "
            "that share the order."
        )

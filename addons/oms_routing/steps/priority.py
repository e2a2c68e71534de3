# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.sorters import Priority


class OmsRoutingStepPriority(models.AbstractModel):
    _name = "oms.routing.step.priority"
    _inherit = "oms.routing.step"
    _description = "Routing Step: Priority of Places"

    def _build(self, rule):
        return Priority()

    def _describe(self, rule):
        return self.env._("In the order of the list of warehouses.")

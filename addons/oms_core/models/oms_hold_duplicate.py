# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class OmsHold(models.Model):
    """A suspected duplicate leads to the order that it repeats."""

    _inherit = "oms.hold"

    @api.depends("data")
    def _compute_remedy(self):
        """Extended to offer the other order."""
        result = super()._compute_remedy()
        for hold in self:
            if hold._get_repeated_order():
                hold.remedy = self.env._("Open the other order")
        return result

    def action_remedy(self):
        """Extended to open the other order beside this one."""
        self.ensure_one()
        other = self._get_repeated_order()
        if not other:
            return super().action_remedy()
        return self._get_form_action(other, other.name)

    def _get_repeated_order(self):
        orders = self.env["sale.order"]
        if self.type_id.code != "duplicate":
            return orders
        return orders.browse((self.data or {}).get("order")).exists()

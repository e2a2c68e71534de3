# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..engine.plan import Plan
from ..engine.problem import Demand
from ..engine.quantities import NOTHING, exact


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_oms_demand(self, components=NOTHING) -> Demand:
        """One line as the engine reads it, in the unit of the product.

        What was sold in a larger unit (a dozen) leaves in that unit.
        """
        unit = self.product_uom_id._compute_quantity(
            1.0, self.product_id.uom_id, round=False
        )
        return Demand(
            line=self.id,
            product=self.product_id.id,
            name=self.product_id.with_context(display_default_code=False).display_name,
            quantity=exact(self.product_uom_qty * unit),
            parts=components,
            lot=exact(unit) if unit > 1 else Decimal(0),
            group=self.linked_line_id.id if self.combo_item_id else 0,
        )

    def _prepare_oms_sourcing(self, plan: Plan):
        """Value of ``oms_sourcing``: shares in the unit of the line, or False."""
        shares = plan.shares(self.id)
        if not shares or list(shares) == [plan.nodes[0]]:
            return False
        unit = self.product_id.uom_id
        sourcing = [
            [node, unit._compute_quantity(float(share), self.product_uom_id)]
            for node, share in shares.items()
        ]
        # Rounding to the line's unit must neither lose nor add goods.
        others = sum(quantity for _node, quantity in sourcing[:-1])
        sourcing[-1][1] = self.product_uom_id.round(self.product_uom_qty - others)
        return sourcing

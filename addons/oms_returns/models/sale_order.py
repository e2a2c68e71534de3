# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# The state of an order's returns is that of the one which is furthest from its end.
ORDER_RETURN_STATES = (
    ("requested", "requested"),
    ("approved", "in_progress"),
    ("received", "in_progress"),
    ("done", "done"),
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    oms_return_ids = fields.One2many(
        "oms.return", "order_id", string="Returns", readonly=True
    )
    oms_return_count = fields.Integer(compute="_compute_oms_return_count")

    # === COMPUTE ===

    @api.depends("oms_return_ids")
    def _compute_oms_return_count(self):
        for order in self:
            order.oms_return_count = len(order.oms_return_ids)

    @api.depends("oms_return_ids.state")
    def _compute_oms_return_state(self):
        """Override of `oms_core`, which knows of no returns."""
        result = super()._compute_oms_return_state()
        for order in self:
            states = set(order.oms_return_ids.mapped("state"))
            order.oms_return_state = next(
                (shown for state, shown in ORDER_RETURN_STATES if state in states),
                order.oms_return_state,
            )
        return result

    # === ACTIONS ===

    def action_oms_return(self):
        """Open the dialog that asks what comes back, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return of %(order)s", order=self.name),
            "res_model": "oms.return.create",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_view_oms_returns(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_returns.action_oms_return"
        )
        action |= {"domain": [("order_id", "=", self.id)], "context": {}}
        if len(self.oms_return_ids) == 1:
            action |= {
                "res_id": self.oms_return_ids.id,
                "view_mode": "form",
                "views": [(False, "form")],
            }
        return action

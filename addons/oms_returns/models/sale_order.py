# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.oms_core.engine.lifecycle import ReturnFacts

IN_PROGRESS = ("approved", "received")


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
        """Override of `oms_core` to follow the returns."""
        return super()._compute_oms_return_state()

    def _get_oms_return_facts(self):
        """Override of `oms_core`, which knows of no returns."""
        facts = super()._get_oms_return_facts()
        for order in self:
            states = set(order.oms_return_ids.mapped("state"))
            facts[order] = ReturnFacts(
                requested="requested" in states,
                in_progress=not states.isdisjoint(IN_PROGRESS),
                done="done" in states,
            )
        return facts

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

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsOrderRuleAction(models.Model):
    _inherit = "oms.order.rule.action"

    code = fields.Selection(
        selection_add=[("salesperson", "Give to a salesperson")],
        ondelete={"salesperson": "cascade"},
    )
    salesperson_id = fields.Many2one("res.users")

    @api.model
    def _get_parameters(self):
        return [*super()._get_parameters(), "salesperson_id"]

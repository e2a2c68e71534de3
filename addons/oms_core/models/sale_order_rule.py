# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SaleOrder(models.Model):
    """Orders meet the rules."""

    _inherit = "sale.order"

    oms_rule_run_ids = fields.One2many(
        "oms.order.rule.run", "order_id", string="Rules Applied", readonly=True
    )

    # === HOOKS ===

    def _oms_on_captured(self):
        """Extended to ask the rules, before goods are asked for."""
        result = super()._oms_on_captured()
        # Rules work the same whoever confirms: a buyer, a clerk, a program.
        orders = self.sudo()  # see above
        rules = orders.env["oms.order.rule"].search(
            [("at_capture", "=", True), ("company_id", "in", self.company_id.ids)]
        )
        own = orders.grouped("company_id")
        for company, mine in rules.grouped("company_id").items():
            mine.with_company(company)._apply_at_capture(
                own[company].with_company(company)
            )
        return result

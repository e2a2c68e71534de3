# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_oms_bulk(self):
        """Open the dialog of bulk actions; the selection stays on the server."""
        wizard = self.env["oms.bulk.start"].create(
            {"order_ids": self.ids, "order_count": len(self)}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bulk Action"),
            "res_model": "oms.bulk.start",
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

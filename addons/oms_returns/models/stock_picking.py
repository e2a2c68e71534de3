# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    oms_return_id = fields.Many2one(
        "oms.return", string="Return", copy=False, readonly=True, index="btree_not_null"
    )

    # === BUSINESS ===

    def _action_done(self):
        """Override of `stock`: a return is received when its receipt is, whoever
        validated it and on whichever screen."""
        result = super()._action_done()
        self.oms_return_id._on_receipts_done()
        return result

    def _create_backorder_picking(self):
        """Override of `stock`: what is still to come belongs to the same return."""
        backorder = super()._create_backorder_picking()
        backorder.oms_return_id = self.oms_return_id
        return backorder

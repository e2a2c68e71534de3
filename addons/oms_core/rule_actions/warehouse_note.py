# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderActionWarehouseNote(models.AbstractModel):
    """A line below what others have written already."""

    _name = "oms.order.action.warehouse_note"
    _inherit = "oms.order.action"
    _description = "Order Action: Note for the Warehouse"

    def _apply(self, action, orders):
        note = action.note or ""
        lacking = orders.filtered(
            lambda order: note and note not in (order.oms_warehouse_note or "")
        )
        for before, same in lacking.grouped("oms_warehouse_note").items():
            same.oms_warehouse_note = f"{before}\n{note}" if before else note
        return lacking

    def _describe(self, action):
        return self.env._("tell the warehouse “%s”", action.note or "…")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# Reports that send somebody to the shelves.
PICK_LISTS = (
    "oms_core.report_pick_list",
    "oms_core.report_pick_list_together",
    "stock.report_picking",
)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """Override of `base` to print no pick list of what must not be picked."""
        if report.report_name in PICK_LISTS:
            self.env["stock.picking"].browse(docids)._oms_check_operation("pick")
        return super()._get_rendering_context(report, docids, data)

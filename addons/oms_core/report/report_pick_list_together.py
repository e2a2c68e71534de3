# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ReportPickListTogether(models.AbstractModel):
    _name = "report.oms_core.report_pick_list_together"
    _description = "Pick List, Orders Together"
    _inherit = ["report.oms_core.report_pick_list"]

    @api.model
    def _get_report_values(self, docids, data=None):
        """Override: one list, one walk for all pickings."""
        values = super()._get_report_values(docids, data=data)
        pickings = values["docs"]
        return values | {"walks": [(pickings, self._get_lines(pickings))]}

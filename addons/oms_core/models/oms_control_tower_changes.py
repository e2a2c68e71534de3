# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .oms_control_tower import GROUP

CHANGED = "oms_control_tower/changed"


class OmsControlTower(models.AbstractModel):
    """Open pages are told that something happened."""

    _inherit = "oms.control.tower"

    @api.model
    def _notify_changed(self):
        """Tell open pages that something happened: once a transaction, to our users.

        The message says nothing but that; each page asks again with its own rights.
        """
        precommit = self.env.cr.precommit
        if CHANGED in precommit.data:
            return
        precommit.data[CHANGED] = True

        @precommit.add
        def send():
            group = self.env["ir.model.data"]._xmlid_to_res_id(GROUP)
            self.env["bus.bus"]._sendone(
                self.env["res.groups"].browse(group), CHANGED, {}
            )

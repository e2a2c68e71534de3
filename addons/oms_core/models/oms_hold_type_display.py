# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .oms_hold_type import OPERATIONS


class OmsHoldType(models.Model):
    _inherit = "oms.hold.type"

    open_count = fields.Integer(
        "Open Holds", compute="_compute_open_count", help="Holds open at the moment."
    )

    # === COMPUTE ===

    def _compute_open_count(self):
        counts = dict(
            self.env["oms.hold"]._read_group(
                [("type_id", "in", self.ids), ("is_open", "=", True)],
                ["type_id"],
                ["__count"],
            )
        )
        for hold_type in self:
            hold_type.open_count = counts.get(hold_type, 0)

    # === ACTIONS ===

    def action_view_holds(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_hold"
        )
        return action | {
            "domain": [("type_id", "=", self.id)],
            "context": {"search_default_open": 1},
        }

    # === NAMES ===

    def _get_blocked_names(self):
        """What these types block together, as “picking, shipping”."""
        blocked = self._get_blocked_operations()
        return ", ".join(
            self._get_operation_name(operation)
            for operation in OPERATIONS
            if operation in blocked
        )

    @api.model
    def _get_operation_name(self, operation):
        """What an operation is called in a sentence, as in “blocks picking”."""
        return {
            "allocate": self.env._("allocation"),
            "pick": self.env._("picking"),
            "ship": self.env._("shipping"),
            "invoice": self.env._("invoicing"),
            "refund": self.env._("refunds"),
            "edit": self.env._("editing"),
            "cancel": self.env._("cancelling"),
        }[operation]

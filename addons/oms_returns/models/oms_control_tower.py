# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain


class OmsControlTower(models.AbstractModel):
    """What comes back and waits for an answer."""

    _inherit = "oms.control.tower"

    # === LINKS ===

    def _get_actions(self):
        """Override of `oms_core` to show returns as their own menu does."""
        return super()._get_actions() | {"oms.return": "oms_returns.action_oms_return"}

    # === NEEDS ===

    def _get_need_fields(self):
        """Override of `oms_core` to tell whose returns they are."""
        return super()._get_need_fields() | {
            "oms.return": {
                "channel": "channel_id",
                "node": "warehouse_id",
            }
        }

    # === TILES ===

    def _get_tiles(self, scope):
        """Override of `oms_core` to add the returns that nobody has decided."""
        return [*super()._get_tiles(scope), self._get_returns_tile(scope)]

    def _get_returns_tile(self, scope):
        name = self.env._("Returns to Decide")
        domain = Domain("state", "=", "requested")
        if scope.channel:
            domain &= Domain("channel_id", "=", scope.channel.id)
        if scope.node:
            domain &= Domain("warehouse_id", "=", scope.node.id)
        return self._prepare_tile(
            "returns",
            name,
            self._prepare_link(name, "oms.return", domain),
            "requested_at:min",
            sequence=55,
            level="danger",
            hint=self.env._("requested, neither approved nor refused"),
        )

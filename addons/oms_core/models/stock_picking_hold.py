# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..tools.unheld import unheld


class StockPicking(models.Model):
    """Transfers of held orders: the buttons say at once what the moves would."""

    _inherit = "stock.picking"

    # === CHECK ===

    def _oms_get_open_moves(self):
        return self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))

    def _oms_is_begun(self):
        """Whether somebody in the warehouse works on it, or its label exists."""
        return bool(
            self.printed
            or self.carrier_tracking_ref
            or any(line.picked for line in self.move_line_ids)
        )

    def _oms_check_operation(self, operation):
        """Refuse what a hold of any order in these transfers blocks."""
        self._oms_get_open_moves()._oms_check_operation(operation)

    # === CRUD ===

    def write(self, vals):
        """Override of `stock` to refuse what a hold blocks."""
        if vals.get("printed"):
            self.filtered(lambda picking: not picking.printed)._oms_check_operation(
                "pick"
            )
        for name in ("carrier_id", "partner_id"):
            if vals.get(name):
                self.filtered(
                    lambda picking, name=name: picking[name].id != vals[name]
                )._oms_check_operation("edit")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_oms_held(self):
        self._oms_check_operation("cancel")

    # === ACTIONS ===

    def action_assign(self):
        """Override of `stock` to say why nothing can be reserved.

        Of several transfers those that are free are reserved, the others wait.
        """
        moves = self._oms_get_open_moves()
        held = moves._oms_get_held("allocate")
        if held and held == moves and not self.env.context.get("oms_backorder"):
            held._oms_check_operation("allocate")
        return super().action_assign()

    def action_cancel(self):
        """Override of `stock` to refuse what a hold blocks."""
        self._oms_check_operation("cancel")
        return super().action_cancel()

    def button_validate(self):
        """Override of `stock` to refuse before any dialog asks something."""
        self._oms_get_open_moves()._oms_check_leave()
        return super().button_validate()

    def send_to_shipper(self):
        """Override of `stock_delivery` to buy no label for what must not leave."""
        # It is called when the goods have left, too: then there is nothing to refuse.
        self._oms_check_operation("ship")
        return super().send_to_shipper()

    # === BUSINESS ===

    def _create_backorder(self, backorder_moves=None):
        """Override of `stock`: what is left over may be held and wait."""
        waiting = self.with_context(oms_backorder=True)
        backorders = super(StockPicking, waiting)._create_backorder(
            backorder_moves=backorder_moves
        )
        return backorders.with_env(self.env)

    def _add_delivery_cost_to_so(self):
        """Override of `stock_delivery`: freight is no edit of what was bought."""
        return super(StockPicking, unheld(self))._add_delivery_cost_to_so()

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """What holds forbid."""

    _inherit = "sale.order"

    # === CHECK ===

    def _oms_get_holds(self, operation):
        """The open holds of these orders that block an operation."""
        return self.oms_hold_ids.filtered(
            lambda hold: hold.is_open and hold.type_id[f"blocks_{operation}"]
        )

    def _oms_check_operation(self, operation):
        """Refuse an operation that a hold blocks.

        :param str operation: one of ``oms.hold.type``'s operations, as "ship"
        :raise UserError: names order, hold, reason and the way out
        """
        holds = self._oms_get_holds(operation)
        if not holds:
            return
        raise UserError(
            "\n".join(
                self.env._(
                    "Order %(order)s is on hold (%(type)s): %(reason)s. "
                    "Release the hold to go on.",
                    order=hold.order_id.name,
                    type=hold.type_id.name,
                    reason=hold.reason,
                )
                for hold in holds
            )
        )

    # === BUSINESS ===

    def _action_cancel(self):
        """Override of `sale` to refuse what a hold blocks, and to note the rest."""
        self._oms_check_operation("cancel")
        result = super()._action_cancel()
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "cancel",
                    "sentence": self.env._("Order cancelled."),
                    "buyer_visible": True,
                }
                for order in self
            ]
        )
        return result

    def _create_invoices(self, *args, **kwargs):
        """Override of `sale` to refuse what a hold blocks."""
        self._oms_check_operation("invoice")
        return super()._create_invoices(*args, **kwargs)

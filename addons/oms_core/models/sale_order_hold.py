# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from ..tools.unheld import is_unheld

# What a hold on editing keeps as it is; lines say for themselves.
EDITED = (
    "carrier_id",
    "fiscal_position_id",
    "partner_id",
    "partner_invoice_id",
    "partner_shipping_id",
    "pricelist_id",
)


class SaleOrder(models.Model):
    """What holds forbid."""

    _inherit = "sale.order"

    # === CHECK ===

    def _oms_get_holds(self, operation):
        """The open holds of these orders that block an operation."""
        # A hold counts whoever acts, also those who may not read it.
        holds = self.sudo().oms_hold_ids  # see above
        if not holds:
            return self.env["oms.hold"]
        blocked = f"blocks_{operation}"
        return holds.filtered(
            lambda hold: hold.is_open and hold.type_id[blocked]
        ).with_env(self.env)

    def _oms_get_held(self, operation):
        """The orders among these that a hold keeps from an operation."""
        holds = self._oms_get_holds(operation)
        if not holds or is_unheld(self):
            return self.browse()
        return self & holds.sudo().order_id.with_env(self.env)  # names nothing

    def _oms_check_operation(self, operation):
        """Refuse an operation that a hold blocks.

        :param str operation: one of ``oms.hold.type``'s operations, as "ship"
        :raise UserError: names order, hold, reason and the way out
        """
        holds = self._oms_get_holds(operation)
        if holds and not is_unheld(self):
            raise UserError(holds._get_refusal(operation))

    # === CRUD ===

    def write(self, vals):
        """Override of `sale` to refuse edits and cancellations that a hold blocks."""
        if vals.get("state") == "cancel":
            self._oms_check_operation("cancel")
        elif edited := [name for name in EDITED if name in vals]:
            self._oms_get_held("edit").filtered(
                lambda order: order._oms_is_changed(vals, edited)
            )._oms_check_operation("edit")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_oms_held(self):
        self._oms_check_operation("cancel")

    def _oms_is_changed(self, vals, names):
        """Whether writing these values would change one of these fields."""
        return any(self[name].id != (vals[name] or False) for name in names)

    # === BUSINESS ===

    def _action_cancel(self):
        """Override of `sale` to refuse what a hold blocks, and to note the rest."""
        self._oms_check_operation("cancel")
        result = super()._action_cancel()
        self.env["oms.event"]._record(
            [order._prepare_oms_cancel_event() for order in self]
        )
        return result

    def _prepare_oms_cancel_event(self):
        known = self.oms_cancel_reason_id
        reason = self.env.context.get("oms_cancel_reason") or known.name
        sentence = self.env._("Order cancelled.")
        return {
            "order": self,
            "kind": "cancel",
            "sentence": f"{sentence} {reason}" if reason else sentence,
            "buyer_visible": True,
            "data": {"reason": reason, "code": known.code or ""} if reason else None,
        }

    def _create_invoices(self, *args, **kwargs):
        """Override of `sale` to refuse what a hold blocks."""
        self._oms_check_operation("invoice")
        return super()._create_invoices(*args, **kwargs)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsOrderCancel(models.TransientModel):
    """Asks also who gives the money back."""

    _inherit = "oms.order.cancel"

    is_of_shop = fields.Boolean(compute="_compute_is_of_shop")
    refund_by_shop = fields.Boolean(
        "Refunded by the Shop",
        compute="_compute_refund_by_shop",
        store=True,
        readonly=False,
        help="If the whole order is cancelled: the shop gives back what it holds of "
        "the buyer's money. Else make a credit note here, which the shop then pays "
        "out, or refund it by hand.",
    )

    @api.depends("order_id")
    def _compute_is_of_shop(self):
        for cancel in self:
            cancel.is_of_shop = bool(cancel.order_id._get_oms_orders_of_shops())

    @api.depends("order_id")
    def _compute_refund_by_shop(self):
        for cancel in self:
            order = cancel.order_id
            cancel.refund_by_shop = bool(
                cancel.is_of_shop and order._is_oms_refunded_by_shop()
            )

    def action_cancel(self):
        """Override of `oms_core` to bring the choice along."""
        chosen = self.with_context(oms_refund_by_shop=self.refund_by_shop)
        return super(OmsOrderCancel, chosen).action_cancel()

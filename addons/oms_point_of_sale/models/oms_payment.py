# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsPayment(models.Model):
    """Money that a till has taken for an order; its session books it."""

    _inherit = "oms.payment"

    pos_order_id = fields.Many2one(
        "pos.order", "Receipt", index="btree_not_null", readonly=True
    )

    def _get_bookable(self):
        """Override of `oms_core`: the session of a till books its own money."""
        return (
            super()._get_bookable().filtered(lambda payment: not payment.pos_order_id)
        )

    def _get_oms_document(self):
        """Override of `oms_core`: the receipt tells more."""
        return self.pos_order_id or super()._get_oms_document()

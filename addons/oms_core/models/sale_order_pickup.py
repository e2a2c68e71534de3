# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SaleOrder(models.Model):
    """Orders that the buyer fetches: the place is theirs to choose."""

    _inherit = "sale.order"

    oms_is_pickup = fields.Boolean(
        "Picked Up by the Buyer",
        copy=False,
        help="The buyer fetches the goods at the order's warehouse: routing does not "
        "move the order, and no carrier is asked.",
    )

    def _oms_get_routable(self):
        """Override to leave the place to the buyer who goes there."""
        return super()._oms_get_routable().filtered(lambda o: not o.oms_is_pickup)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    """The moment at which an order is ours."""

    _inherit = "sale.order"

    # === HOOKS ===

    def _oms_on_captured(self):
        """Orders have just been confirmed, wherever they came from.

        Called with any number of them, before their place is chosen and before
        goods are asked for: a hold placed here stops both. Extend it, calling super
        first.
        """

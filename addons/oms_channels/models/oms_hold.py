# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL


class OmsHold(models.Model):
    _inherit = "oms.hold"

    def _find_unknown(self, listings):
        """The holds of lines whose product was unknown, and is listed there now."""
        return self.search(
            [
                ("is_open", "=", True),
                ("type_id.code", "=", "unknown_product"),
                ("order_id.oms_channel_id", "in", listings.channel_id.ids),
                ("line_id.oms_external_sku", "in", listings.mapped("sku")),
            ]
        )

    def _release(self, reason):
        """Override of `oms_core`: an unknown product is not released by a wish, and
        a change of the shop about which a person has decided is not asked again."""
        if not FROM_CHANNEL.is_on(self):
            asked = self.filtered(
                lambda h: h.type_id.code == "channel_change" and h.is_open
            )
            asked.order_id._settle_oms_changes()
        unknown = self.filtered(lambda h: h.type_id.code == "unknown_product")
        lines = unknown.line_id
        unknown.order_id._oms_resolve_products()
        lines._check_oms_products()
        return super()._release(reason)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

from odoo.addons.oms_core.models.oms_finder import LIMIT


class OmsFinder(models.AbstractModel):
    """Receipts are found as orders are."""

    _inherit = "oms.finder"

    def _find_orders(self, text):
        """Override of `oms_core` to look at receipts too."""
        return super()._find_orders(text) + self._find_receipts(text)

    def _find_receipts(self, text):
        receipts = self.env["pos.order"]
        if not receipts.has_access("read"):
            return []
        numbers = Domain.OR(
            self.env["sale.order"]._get_oms_text_domain(field, text)
            for field in ("name", "pos_reference")
        )
        people = Domain(
            "partner_id", "any", self.env["res.partner"]._get_oms_people_domain(text)
        )
        found = receipts.search(
            Domain("state", "!=", "draft") & (numbers | people),
            limit=LIMIT,
            order="id desc",
        )
        return [
            self._prepare_find(
                "order",
                receipt,
                receipt.pos_reference or receipt.name,
                receipt.config_id.name,
                receipt.partner_id.name,
                receipt.currency_id.format(receipt.amount_total),
            )
            for receipt in found
        ]

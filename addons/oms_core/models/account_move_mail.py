# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMove(models.Model):
    """What the mails to the buyer need of a credit note."""

    _inherit = "account.move"

    def _get_oms_portal_lang(self):
        return self._get_oms_mail_order()._get_oms_portal_lang()

    def _get_oms_mail_order(self):
        order = self.line_ids.sale_line_ids.order_id[:1]
        return order.with_context(lang=self.env.lang)

    def _get_oms_mail_goods(self):
        return []

    def _get_oms_mail_parcels(self):
        return self.env["stock.picking"]

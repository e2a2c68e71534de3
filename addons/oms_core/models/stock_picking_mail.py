# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class StockPicking(models.Model):
    """What the mails to the buyer need of a parcel."""

    _inherit = "stock.picking"

    def _get_oms_portal_lang(self):
        return self.sale_id._get_oms_portal_lang()

    def _get_oms_mail_order(self):
        return self.sale_id.with_context(lang=self.env.lang)

    def _get_oms_mail_goods(self):
        order = self._get_oms_mail_order()
        return order._prepare_oms_portal_parcel(self)["contents"]

    def _get_oms_mail_parcels(self):
        return self

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def _create_invoices(self, sale_orders):
        """Override of `sale`: a down payment is an invoice as well."""
        sale_orders._oms_check_operation("invoice")
        return super()._create_invoices(sale_orders)

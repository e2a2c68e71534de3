# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMove(models.Model):
    """Invoices and credit notes of held orders wait, whoever made them and how."""

    _inherit = "account.move"

    # === CHECK ===

    def _oms_get_orders(self):
        """The orders that these documents, or those they reverse, are about."""
        # An accountant need not be allowed to read orders for their holds to count.
        documents = (self | self.reversed_entry_id).sudo()  # see above
        return documents.line_ids.sale_line_ids.order_id

    def _oms_check_post(self):
        for operation, kinds in (
            ("invoice", ("out_invoice", "out_receipt")),
            ("refund", ("out_refund",)),
        ):
            documents = self.filtered(lambda move, of=kinds: move.move_type in of)
            documents._oms_get_orders()._oms_check_operation(operation)

    # === CRUD ===

    def write(self, vals):
        """Override of `account`: posting, by whichever way, comes by here."""
        if vals.get("state") == "posted":
            self._oms_check_post()
        return super().write(vals)

    # === BUSINESS ===

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Override of `account` to refuse refunds that a hold blocks."""
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        invoices._oms_get_orders()._oms_check_operation("refund")
        return super()._reverse_moves(default_values_list, cancel)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of `account` to keep the history of the orders invoiced."""
        posted = super()._post(soft=soft)
        posted.filtered(
            lambda move: move.move_type in ("out_invoice", "out_refund")
        )._record_oms_events()
        return posted

    def _record_oms_events(self):
        values_list = []
        for move in self:
            is_refund = move.move_type == "out_refund"
            values_list += [
                {
                    "order": order,
                    "kind": "refund" if is_refund else "invoice",
                    "sentence": move._get_oms_sentence(),
                    "document": move,
                    "buyer_visible": True,
                }
                for order in move.line_ids.sale_line_ids.order_id
            ]
        self.env["oms.event"]._record(values_list)
        refunds = self.filtered(lambda move: move.move_type == "out_refund")
        refunds.line_ids.sale_line_ids.order_id._oms_on_refunded(refunds)

    def _get_oms_sentence(self):
        amount = self.currency_id.format(self.amount_total)
        if self.move_type == "out_refund":
            return self.env._(
                "Credit note %(name)s: %(amount)s.", name=self.name, amount=amount
            )
        return self.env._(
            "Invoice %(name)s: %(amount)s.", name=self.name, amount=amount
        )

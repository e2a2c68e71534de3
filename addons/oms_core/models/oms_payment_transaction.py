# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsPayment(models.Model):
    """Money that Odoo's own applications take, and book themselves."""

    _inherit = "oms.payment"

    transaction_id = fields.Many2one(
        "payment.transaction",
        index="btree_not_null",
        readonly=True,
        help="Paid online with Odoo: a web shop of ours, or a payment link.",
    )

    def _get_bookable(self):
        """Those that are ours to book; extend to leave out what is booked elsewhere."""
        return self.filtered(lambda payment: not payment.transaction_id)

    def _record_oms_events(self):
        """Tell the histories of the orders what became of the money."""
        self.env["oms.event"]._record(
            [
                {
                    "order": payment.order_id,
                    "kind": "payment",
                    "sentence": payment._get_oms_sentence(),
                    "document": payment._get_oms_document(),
                    "actor": payment.gateway,
                }
                for payment in self
            ]
        )

    def _get_oms_document(self):
        """What tells more of it; extend for what is booked elsewhere."""
        return self.transaction_id

    def _get_oms_sentence(self):
        words = self.env._
        values = {
            "amount": self.currency_id.format(self.amount),
            "gateway": self.gateway,
            "number": self.external_id,
        }
        sentences = {
            "authorisation": words(
                "%(amount)s secured with %(gateway)s (%(number)s).", **values
            ),
            "capture": words(
                "%(amount)s paid with %(gateway)s (%(number)s).", **values
            ),
            "refund": words(
                "%(amount)s given back with %(gateway)s (%(number)s).", **values
            ),
            "void": words("%(amount)s let go by %(gateway)s (%(number)s).", **values),
        }
        return sentences[self.kind]

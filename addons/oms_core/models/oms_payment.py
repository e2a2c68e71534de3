# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsPayment(models.Model):
    """Money that a channel says was secured, taken or given back for an order.

    A fact from outside, like a line of a bank statement; the ledger follows when
    the order is invoiced (``payment_id``).
    """

    _name = "oms.payment"
    _description = "Channel Payment"
    _order = "id"
    _rec_name = "external_id"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    external_id = fields.Char(required=True, help="The channel's own number of it.")
    kind = fields.Selection(
        [
            ("authorisation", "Authorisation"),
            ("capture", "Capture"),
            ("refund", "Refund"),
            ("void", "Void"),
        ],
        required=True,
    )
    gateway = fields.Char(help="Who took the money, in the channel's words.")
    amount = fields.Monetary(required=True, help="Always positive.")
    currency_id = fields.Many2one("res.currency", required=True)
    date = fields.Datetime(required=True)
    is_summary = fields.Boolean(
        readonly=True,
        help="The channel did not list its transactions: this stands for all of them.",
    )
    payment_id = fields.Many2one("account.payment", index="btree_not_null")

    _external_uniq = models.Constraint(
        "UNIQUE(order_id, external_id)",
        "This payment of the channel is already known on the order.",
    )

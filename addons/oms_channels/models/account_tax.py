# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountTax(models.Model):
    _inherit = "account.tax"

    oms_by_channel = fields.Boolean(
        "Collected by a Channel",
        readonly=True,
        help="A marketplace owes this tax to the state. It is kept on an account of "
        "its own and is in none of our tax reports.",
    )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    """What a channel's own acts may do here."""

    _inherit = "oms.channel"

    ships_without_stock = fields.Boolean(
        help="What the shop has shipped itself is shipped here too, even if the goods "
        "are not in stock here: the stock becomes negative until it is corrected. "
        "Otherwise a person is asked.",
    )

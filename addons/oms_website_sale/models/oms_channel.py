# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    _inherit = "oms.channel"

    website_ids = fields.One2many(
        "website",
        "oms_channel_id",
        string="Websites",
        readonly=True,
        help="Orders of these websites of ours belong to this channel.",
    )

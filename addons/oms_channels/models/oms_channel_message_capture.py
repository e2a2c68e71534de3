# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelMessage(models.Model):
    _inherit = "oms.channel.message"

    kind = fields.Selection(
        selection_add=[("capture", "Capture"), ("void", "Void")],
        ondelete={"capture": "cascade", "void": "cascade"},
    )

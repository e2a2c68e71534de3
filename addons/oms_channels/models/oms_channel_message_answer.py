# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelMessage(models.Model):
    """The kind of message that only channels of files have."""

    _inherit = "oms.channel.message"

    kind = fields.Selection(
        selection_add=[("response", "Order response")],
        ondelete={"response": "cascade"},
    )

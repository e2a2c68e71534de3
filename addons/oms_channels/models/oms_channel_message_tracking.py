# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelMessage(models.Model):
    """The kind of message that follows a parcel whose number came late."""

    _inherit = "oms.channel.message"

    kind = fields.Selection(
        selection_add=[("tracking", "Tracking number")],
        ondelete={"tracking": "cascade"},
    )

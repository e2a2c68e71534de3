# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..engine.errors import Rejected


class OmsChannelMessage(models.Model):
    """What became of an order here, beside its parcels and its money."""

    _inherit = "oms.channel.message"

    kind = fields.Selection(
        selection_add=[("edit", "Edit"), ("close", "Closing")],
        ondelete={"edit": "cascade", "close": "cascade"},
    )

    def _ask_again(self):
        """What only a person can do is not done by trying it again."""
        return Rejected(self.error, acts="clerk")

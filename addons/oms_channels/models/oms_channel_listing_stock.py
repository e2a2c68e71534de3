# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelListing(models.Model):
    """What the shop was told of a listing's stock, place by place."""

    _inherit = "oms.channel.listing"

    pushed_levels = fields.Json(
        readonly=True, copy=False, help="Units told, by the location's key."
    )

    def _get_told_levels(self):
        """{location: units} as the shop was told last; one figure is of all places."""
        self.ensure_one()
        if self.pushed_levels is False:
            return {"": self.pushed_quantity}
        return self.pushed_levels

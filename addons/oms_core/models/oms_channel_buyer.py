# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# Kinds of channels whose platform talks to the buyer itself.
TALKING_KINDS = ("webshop", "marketplace")


class OmsChannel(models.Model):
    """What a channel lets its buyers do."""

    _inherit = "oms.channel"

    buyer_cancel = fields.Selection(
        [
            ("never", "Never"),
            ("allocation", "Until goods are allocated"),
            ("picking", "Until picking starts"),
        ],
        string="Buyer May Cancel",
        compute="_compute_buyer_cancel",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="How long the buyer sees “Cancel” on the tracking page. Web shops and "
        "marketplaces start with “Never”: there the buyer cancels in the shop.",
    )

    # === COMPUTE ===

    @api.depends("kind")
    def _compute_buyer_cancel(self):
        for channel in self:
            talks = channel.kind in TALKING_KINDS
            channel.buyer_cancel = channel.buyer_cancel or (
                "never" if talks else "picking"
            )

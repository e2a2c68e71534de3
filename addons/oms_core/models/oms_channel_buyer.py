# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# Kinds of channels whose platform talks to the buyer itself.
TALKING_KINDS = ("webshop", "marketplace")
# Kinds where nobody writes to the buyer unless we do; in a store he stands there.
SILENT_KINDS = ("wholesale", "phone")


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
    mail_ids = fields.One2many("oms.channel.mail", "channel_id", string="Mails")

    # === COMPUTE ===

    @api.depends("kind")
    def _compute_buyer_cancel(self):
        for channel in self:
            talks = channel.kind in TALKING_KINDS
            channel.buyer_cancel = channel.buyer_cancel or (
                "never" if talks else "picking"
            )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        channels = super().create(vals_list)
        channels._create_missing_mails()
        return channels

    # === BUSINESS ===

    @api.model
    def _create_all_missing_mails(self):
        """For channels that are older than the mails; called by the addon's data."""
        # A merchant has a handful of channels.
        every = self.with_context(active_test=False)
        every.search([])._create_missing_mails()  # pylint: disable=no-search-all

    def _create_missing_mails(self):
        """A row for each occasion; on, where nobody else writes to the buyer."""
        settings = self.env["oms.channel.mail"].sudo()  # with the channel's own right
        templates = settings._get_default_templates()
        settings.create(
            [
                {
                    "channel_id": channel.id,
                    "occasion": occasion,
                    "template_id": template.id,
                    "enabled": channel.kind in SILENT_KINDS,
                }
                for channel in self
                for occasion, template in templates.items()
                if occasion not in channel.mail_ids.mapped("occasion")
            ]
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.errors import ChannelError
from ..tools import secrets
from ..tools.rows import update_rows

MASK = "••••••••"
SECRETS = ("api_token", "webhook_secret", "webhook_secret_old")


class OmsChannel(models.Model):
    """How a channel is reached."""

    _inherit = "oms.channel"

    platform = fields.Selection(
        [
            ("file", "Files and API"),
            ("shopify", "Shopify"),
            ("woocommerce", "WooCommerce"),
        ],
        help="What the shop runs on. Empty: orders of this channel are entered here.",
    )
    shop_url = fields.Char(
        "Shop Address", help="For example https://your-shop.myshopify.com"
    )
    api_version = fields.Char(
        "API Version", help="Empty: the one that this connector was written for."
    )

    decimal_mark = fields.Selection(
        [(".", "Point (1234.50)"), (",", "Comma (1234,50)")],
        default=".",
        help="How amounts are written in the tables of this channel.",
    )

    api_key = fields.Char(
        "API Key",
        groups="oms_core.group_oms_admin",
        copy=False,
        help="The public half of the credentials, where a platform gives two. "
        "WooCommerce: the consumer key; its secret is the access token.",
    )

    # Written by an administrator, read by nobody: what can be read is a mask.
    api_token = fields.Char(
        "Access Token",
        compute="_compute_masks",
        inverse="_inverse_api_token",
        groups="oms_core.group_oms_admin",
    )
    webhook_secret = fields.Char(
        compute="_compute_masks",
        inverse="_inverse_webhook_secret",
        groups="oms_core.group_oms_admin",
        help="Signs what the shop sends. The former one is kept for a while, since "
        "a shop may go on signing with it after a change.",
    )
    api_token_cipher = fields.Char(groups=fields.NO_ACCESS, copy=False)
    webhook_secret_cipher = fields.Char(groups=fields.NO_ACCESS, copy=False)
    webhook_secret_old_cipher = fields.Char(groups=fields.NO_ACCESS, copy=False)

    # === COMPUTE ===

    @api.depends("api_token_cipher", "webhook_secret_cipher")
    def _compute_masks(self):
        for channel in self:
            hidden = channel.sudo()  # only whether there is one, never what
            channel.api_token = hidden.api_token_cipher and MASK
            channel.webhook_secret = hidden.webhook_secret_cipher and MASK

    def _inverse_api_token(self):
        for channel in self.filtered(lambda c: c.api_token != MASK):
            channel._set_secret("api_token", channel.api_token)

    def _inverse_webhook_secret(self):
        for channel in self.filtered(lambda c: c.webhook_secret != MASK):
            former = channel.sudo().webhook_secret_cipher  # moved, not shown
            channel._set_secret("webhook_secret", channel.webhook_secret)
            channel.sudo().webhook_secret_old_cipher = former  # as above

    # === SECRETS ===

    def _set_secret(self, name, text):
        cipher = text and secrets.encrypt(self.env, text)
        self.sudo()[f"{name}_cipher"] = cipher  # nobody may write the cipher itself

    def _get_secret(self, name):
        """The credential in clear, empty if there is none; never for a reader."""
        self.ensure_one()
        cipher = self.sudo()[f"{name}_cipher"]  # for the connector, not for a user
        return secrets.decrypt(self.env, cipher) if cipher else ""

    # === CONNECTOR ===

    def _get_connector(self):
        """The behaviour of the channel's platform.

        :raise UserError: if the channel has no platform
        """
        self.ensure_one()
        if not self.platform:
            raise UserError(
                self.env._(
                    "Channel %(name)s has no platform. Choose one on the channel, "
                    "under Connection.",
                    name=self.name,
                )
            )
        name = f"oms.connector.{self.platform}"
        if name not in self.env:
            raise UserError(
                self.env._(
                    "Channel %(channel)s runs on %(platform)s, and no installed addon "
                    "speaks to it. Install its addon, or archive the channel.",
                    channel=self.name,
                    platform=self.platform,
                )
            )
        return self.env[name]

    # === ACTIONS ===

    def action_test(self):
        """Try the connection and say in one sentence how it went."""
        self.ensure_one()
        self.check_access("write")
        try:
            sentence, kind = self._get_connector()._test(self), "success"
        except ChannelError as error:
            sentence, kind = str(error), "danger"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": sentence, "type": kind, "sticky": kind == "danger"},
        }

    # === LISTINGS ===

    def _list_products(self, domain):
        """List products under their internal reference; listed ones stay as they are.

        :param domain: which products
        """
        for channel in self:
            listed = channel.with_context(active_test=False).listing_ids
            products = self.env["product.product"].search(domain) - listed.product_id
            # A SKU stands for one product of a channel, the first that has it.
            free = dict.fromkeys(products.mapped("default_code"))
            free = free.keys() - set(listed.filtered("product_id").mapped("sku"))
            by_sku = {
                sku: same[0]
                for sku, same in products.grouped("default_code").items()
                if sku and sku in free
            }
            # What the shop was seen to sell needs no second listing.
            seen = {row.sku: row for row in listed if row.sku in by_sku}
            update_rows(
                listed.browse([row.id for row in seen.values()]),
                [
                    {"product_id": by_sku.pop(sku).id, "candidate_count": 0}
                    for sku in seen
                ],
            )
            self.env["oms.channel.listing"].create(
                [
                    {"channel_id": channel.id, "product_id": product.id, "sku": sku}
                    for sku, product in by_sku.items()
                ]
            )

    # === DEMO ===

    @api.model
    def _set_demo_credentials(self, xmlid, token, secret):
        """Give a demo channel its credentials, if this server can keep any."""
        channel = self.env.ref(xmlid)
        if secrets.has_key():
            channel.write({"api_token": token, "webhook_secret": secret})

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class Website(models.Model):
    """Each website is a channel; several may share one, say for their languages."""

    _inherit = "website"

    oms_channel_id = fields.Many2one(
        "oms.channel",
        "Channel",
        copy=False,
        index=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
        help="Orders of this website belong to it; its places and buffers say how much "
        "the shop may sell.",
    )

    # === CONSTRAINTS ===

    @api.constrains("oms_channel_id")
    def _check_oms_channel_company(self):
        for website in self:
            channel = website.oms_channel_id.sudo()  # its name and company, no more
            if channel and channel.company_id != website.company_id:
                raise ValidationError(
                    self.env._(
                        "Channel %(channel)s is of company %(other)s, website "
                        "%(website)s of company %(company)s. Choose a channel of the "
                        "website's company.",
                        channel=channel.name,
                        other=channel.company_id.name,
                        website=website.name,
                        company=website.company_id.name,
                    )
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `website` to sell on a channel from the first day."""
        websites = super().create(vals_list)
        websites._create_missing_oms_channels()
        return websites

    def write(self, vals):
        """Override of `website` to let the channel follow its company and place."""
        following = (
            self.filtered(lambda website: website._is_oms_place_shared())
            if "warehouse_id" in vals
            else self.browse()
        )
        result = super().write(vals)
        if "company_id" in vals:
            self._create_missing_oms_channels()
        # Who sets up websites need not administer channels.
        channels = following.oms_channel_id.sudo()  # see above
        channels.warehouse_ids = following.warehouse_id
        return result

    def _is_oms_place_shared(self):
        """Whether the channel ships from what the website names, and nothing else."""
        self.ensure_one()
        channel = self.oms_channel_id.sudo()  # its places, no more
        return len(channel.website_ids) == 1 and (
            channel.warehouse_ids == self.warehouse_id
        )

    # === CHANNELS ===

    def _create_missing_oms_channels(self):
        """A channel for each website that has none of its company."""
        # Who sets up websites need not administer channels, or see those of others.
        missing = self.filtered(
            lambda website: (
                website.oms_channel_id.sudo().company_id  # see above
                != website.company_id
            )
        )
        channels = self.env["oms.channel"].sudo()  # see above
        found = channels._get_or_create(
            [website._prepare_oms_channel_values() for website in missing]
        )
        for website, channel in zip(missing, found, strict=True):
            website.oms_channel_id = channel

    def _prepare_oms_channel_values(self):
        """Values of the channel of a website; extend to add policy."""
        self.ensure_one()
        return {
            "name": self.name,
            "code": f"website_{self.id}",
            "kind": "webshop",
            "company_id": self.company_id.id,
            "warehouse_ids": self.warehouse_id.ids,
            # Nobody else lets the buyer cancel: our page is the shop's.
            "buyer_cancel": "picking",
        }

    @api.model
    def _oms_adopt_orders(self):
        """Orders that are older than this addon belong to the channel of their website.

        Written past the ORM: a database may have any number of them, and nothing is
        to be computed anew, least of all the place of an order that has shipped.
        """
        self.env["sale.order"].flush_model()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order SET oms_channel_id = website.oms_channel_id
                  FROM website
                 WHERE website.id = sale_order.website_id
                   AND website.company_id = sale_order.company_id
                   AND sale_order.oms_channel_id IS NULL
                   AND sale_order.state != 'draft'
                """
            )
        )
        self.env["sale.order"].invalidate_model(["oms_channel_id"])

    # === AVAILABILITY ===

    def _get_product_available_qty(self, product, **kwargs):
        """Override of `website_sale_stock`: what this channel may sell."""
        channel = self.oms_channel_id
        if not channel:
            return super()._get_product_available_qty(product, **kwargs)
        return product._get_oms_shop_quantity(channel)

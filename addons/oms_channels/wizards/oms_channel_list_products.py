# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OmsChannelListProducts(models.TransientModel):
    """Lists many products in a channel, under their internal references."""

    _name = "oms.channel.list.products"
    _description = "List Products in a Channel"

    channel_id = fields.Many2one(
        "oms.channel", required=True, domain=[("platform", "not in", (False, "file"))]
    )
    category_ids = fields.Many2many(
        "product.category", string="Categories", help="Empty: all of them."
    )
    product_domain = fields.Char("Products", default="[]")
    product_count = fields.Integer("Will Be Listed", compute="_compute_counts")
    listed_count = fields.Integer("Listed Already", compute="_compute_counts")
    without_sku_count = fields.Integer("Without Reference", compute="_compute_counts")

    # === COMPUTE ===

    @api.depends("channel_id", "category_ids", "product_domain")
    def _compute_counts(self):
        product = self.env["product.product"]
        for wizard in self:
            wanted = wizard._get_domain()
            listed = self._get_listed_domain(wizard.channel_id)
            with_sku = Domain("default_code", "!=", False)
            wizard.listed_count = product.search_count(wanted & listed)
            wizard.without_sku_count = product.search_count(wanted & ~with_sku)
            wizard.product_count = product.search_count(wanted & with_sku & ~listed)

    def _get_listed_domain(self, channel):
        listings = self.env["oms.channel.listing"].with_context(active_test=False)
        found = listings._search(
            [("channel_id", "=", channel.id), ("product_id", "!=", False)]
        )
        return Domain("id", "in", found.subselect("product_id"))

    def _get_domain(self):
        """Goods that can be sold by the channel's company and were chosen."""
        self.ensure_one()
        try:
            chosen = Domain(literal_eval(self.product_domain or "[]"))
        except (ValueError, SyntaxError) as error:
            raise UserError(
                self.env._("The products are not described by a filter: choose again.")
            ) from error
        if self.category_ids:
            chosen &= Domain("categ_id", "child_of", self.category_ids.ids)
        return (
            chosen
            & Domain("sale_ok", "=", True)
            & Domain("type", "=", "consu")
            & Domain("company_id", "in", (False, self.channel_id.company_id.id))
        )

    # === ACTIONS ===

    def action_list(self):
        self.ensure_one()
        with_sku = Domain("default_code", "!=", False)
        self.channel_id._list_products(self._get_domain() & with_sku)
        return self.channel_id.action_view_listings()

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.catalogue import Match, match
from ..tools.rows import update_rows


class OmsChannelListing(models.Model):
    """Which product it is: found by SKU or barcode, chosen, or created."""

    _inherit = "oms.channel.listing"

    candidate_count = fields.Integer(
        "Products That It May Be", readonly=True, copy=False, aggregator=None
    )
    candidate_ids = fields.Many2many(
        "product.product", compute="_compute_candidate_ids", string="May Be"
    )

    # === COMPUTE ===

    @api.depends("product_id", "sku", "barcode")
    def _compute_candidate_ids(self):
        found = self.filtered("candidate_count")._find_matches()
        product = self.env["product.product"]
        for listing in self:
            listing.candidate_ids = product.browse(found.get(listing, Match()).products)

    # === BUSINESS ===

    def _find_matches(self):
        """{listing: Match} of those without product."""
        found = {}
        waiting = self.filtered(lambda listing: not listing.product_id)
        for company, listings in waiting.grouped("company_id").items():
            skus = set(listings.mapped("sku")) - {False}
            barcodes = set(listings.mapped("barcode")) - {False}
            products = self.env["product.product"].search(
                [
                    "&",
                    ("company_id", "in", (False, company.id)),
                    *("|", ("default_code", "in", list(skus))),
                    ("barcode", "in", list(barcodes)),
                ]
            )
            by_sku = _index(products, "default_code")
            by_barcode = _index(products, "barcode")
            for listing in listings:
                found[listing] = match(
                    listing.sku or "", listing.barcode or "", by_sku, by_barcode
                )
        return found

    def _match(self):
        """Give a product to those that have none, if it is plain which one.

        :return: the listings that have one now
        """
        found = self._find_matches()
        twice = self._find_repeated(found)
        matched = self.browse([row.id for row in found if found[row].found]) - twice
        update_rows(
            matched,
            [
                {
                    "product_id": found[listing].found,
                    "candidate_count": 0,
                    "error": False,
                }
                for listing in matched
            ],
        )
        others = self.browse([listing.id for listing in found]) - matched
        update_rows(
            others,
            [
                {
                    "candidate_count": len(found[listing].products),
                    "error": self._describe_match(found[listing], listing in twice),
                }
                for listing in others
            ],
        )
        matched._release_waiting_orders()
        return matched

    def _find_repeated(self, found):
        """Those whose SKU the channel has more than once: it could not be told."""
        wanted = self.browse([row.id for row in found if found[row].found and row.sku])
        channels = wanted.channel_id
        groups = self.with_context(active_test=False)._read_group(
            [
                ("channel_id", "in", channels.ids),
                ("sku", "in", wanted.mapped("sku")),
            ],
            ["channel_id", "sku"],
            having=[("__count", ">", 1)],
        )
        repeated = set(groups)
        return wanted.filtered(lambda row: (row.channel_id, row.sku) in repeated)

    def _describe_match(self, found, is_repeated):
        """Why no product was given to it, and what to do."""
        if is_repeated:
            return self.env._(
                "The shop has this SKU more than once: make it unique there, and "
                "read the catalogue again."
            )
        if found.products:
            return self.env._(
                "%(count)s products here have this %(by)s: choose one.",
                count=len(found.products),
                by=self.env._("SKU") if found.by == "sku" else self.env._("barcode"),
            )
        return False

    # === ACTIONS ===

    def action_match(self):
        """Look for products again, and say how many were found."""
        self.check_access("write")
        waiting = self.filtered(lambda listing: not listing.product_id)
        matched = waiting._match()
        return self._notify(
            self.env._(
                "%(matched)s of %(count)s listings have a product now.",
                matched=len(matched),
                count=len(waiting),
            )
        )

    def action_create_products(self):
        """Create the products that nobody here has, as the shop describes them."""
        self.check_access("write")
        waiting = self.filtered(lambda listing: not listing.product_id)
        unsafe = waiting.filtered("candidate_count")
        if unsafe:
            raise UserError(
                self.env._(
                    "%(count)s of these may be products that exist, for example "
                    "%(sku)s. Choose the product there, or deselect them.",
                    count=len(unsafe),
                    sku=unsafe[0].display_name,
                )
            )
        products = waiting._create_products()
        return self._notify(
            self.env._("%(count)s products were created.", count=len(products))
        )

    def _create_products(self):
        taken = set(
            self.env["product.product"]
            .with_context(active_test=False)
            .search([("barcode", "in", list(set(self.mapped("barcode")) - {False}))])
            .mapped("barcode")
        )
        values = []
        for listing in self:
            is_free = listing.barcode and listing.barcode not in taken
            taken.add(listing.barcode)
            values.append(listing._prepare_product_values(is_free))
        products = self.env["product.product"].create(values)
        update_rows(
            self,
            [
                {"product_id": product.id, "candidate_count": 0, "error": False}
                for product in products
            ],
        )
        self._release_waiting_orders()
        return products

    def _prepare_product_values(self, with_barcode):
        """Values of a product that only the shop knows; extend to add more."""
        shop, company = self.channel_id.shop_currency_id, self.company_id
        price = self.shop_price
        if shop and shop != company.currency_id:
            price = shop._convert(price, company.currency_id, company)
        return {
            "name": self.name or self.sku,
            "default_code": self.sku,
            "barcode": with_barcode and self.barcode,
            "list_price": price,
            "type": "consu",
            "is_storable": self.shop_counts,
            "invoice_policy": "order",
        }

    def _notify(self, sentence):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": sentence,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


def _index(products, field):
    return {key: same.ids for key, same in products.grouped(field).items() if key}

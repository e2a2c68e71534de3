# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class OmsProductResolver(models.AbstractModel):
    """What was bought: products for the lines of a batch."""

    _name = "oms.product.resolver"
    _description = "Products of Channel Orders"

    @api.model
    def _resolve(self, channel, lines):
        """Find products by listing (key, then SKU), internal reference and barcode.

        :param lines: ``Line`` documents of any number of orders
        :return: {line: product}; the placeholder where nothing fits
        """
        goods = [line for line in lines if line.kind == "goods"]
        listed = self._find_by_listing(channel, goods)
        by_sku = self._find_by(channel, "default_code", {line.sku for line in goods})
        by_barcode = self._find_by(channel, "barcode", {line.barcode for line in goods})
        unknown = self._get_placeholder()
        by_listed_sku = self._find_by_listed_sku(channel, {line.sku for line in goods})
        found = {
            line: listed.get(line.product_external_id)
            or by_listed_sku.get(line.sku)
            or by_sku.get(line.sku)
            or by_barcode.get(line.barcode)
            or unknown
            for line in goods
        }
        return found | {
            line: self._get_product_of_kind(line.kind)
            for line in lines
            if line.kind != "goods"
        }

    @api.model
    def _get_placeholder(self):
        """Stands for a product that is not known yet; never shipped."""
        return self.env.ref("oms_channels.product_unknown")

    def _get_product_of_kind(self, kind):
        return self.env.ref(f"oms_channels.product_{kind}")

    def _find_by_listing(self, channel, lines):
        keys = {line.product_external_id for line in lines} - {""}
        return self._find_listed(channel, "external_id", keys)

    def _find_by_listed_sku(self, channel, skus):
        """Products by the SKU that the channel lists them under."""
        return self._find_listed(channel, "sku", skus - {"", False})

    def _find_listed(self, channel, field, values):
        """{value: product}; what is switched off is still understood."""
        listings = (
            self.env["oms.channel.listing"]
            .with_context(active_test=False)
            .search(
                [
                    ("channel_id", "=", channel.id),
                    (field, "in", list(values)),
                    ("product_id", "!=", False),
                ]
            )
        )
        return {listing[field]: listing.product_id for listing in listings}

    def _find_by(self, channel, field, values):
        """Products by a field; a value that several products have finds none."""
        products = self.env["product.product"].search(
            [
                (field, "in", list(values - {""})),
                ("company_id", "in", (False, channel.company_id.id)),
            ]
        )
        return {
            value: found[0]
            for value, found in products.grouped(field).items()
            if len(found) == 1
        }

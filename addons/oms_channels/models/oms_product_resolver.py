# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unicodedata import normalize

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
        found = {}
        for product in self.env["product.product"].search(
            self._get_domain(channel, field, values)
        ):
            found.setdefault(self._normalise(product[field]), []).append(product)
        return {
            value: products[0]
            for value in values
            if value and len(products := found.get(self._normalise(value), [])) == 1
        }

    def _get_domain(self, channel, field, values):
        """Letters with accents are written in two ways that look the same."""
        spelled = {
            normalize(form, value)
            for value in values
            if value
            for form in ("NFC", "NFD")
        }
        return [
            (field, "in", sorted(spelled | values - {""})),
            ("company_id", "in", (False, channel.company_id.id)),
        ]

    def _normalise(self, text):
        return normalize("NFC", text)

    # === BUNDLES ===

    def _resolve_bundles(self, orders, resolved):
        """What of a bundle is not goods of its own.

        The shop lists a bundle and its parts. If the bundle is a kit here, its parts
        go out with it and their lines ask for nothing; if it is no product here, its
        parts are the goods and its own line carries its price.

        :param dict resolved: {line: product}
        :return: {(order's external id, line's external id): product}
        """
        parts = [
            (order, line) for order in orders for line in order.lines if line.parent
        ]
        if not parts:
            return {}
        # Lines are resolved as they are settled: what identifies them stays the same.
        by_identity = {self._identify(line): p for line, p in resolved.items()}
        products = {
            (order.external_id, line.external_id): by_identity[self._identify(line)]
            for order, _line in parts
            for line in order.lines
        }
        kits = self.env["product.product"].union(*products.values())
        kits = kits._get_oms_kit_components()
        bundle, unknown = self._get_product_of_kind("bundle"), self._get_placeholder()
        found = {}
        for order, line in parts:
            key = order.external_id, line.parent
            parent = products.get(key)
            if parent and parent.id in kits:
                found[order.external_id, line.external_id] = bundle
            elif parent == unknown:
                found[key] = bundle
        return found

    def _identify(self, line):
        return (
            *(line.external_id, line.kind, line.sku),
            *(line.barcode, line.product_external_id),
        )

    # === DOUBTS ===

    def _find_doubts(self, channel, skus, barcodes):
        """Products that have what was sent, and why none of them was taken.

        Two have it, or the one that has it is archived.

        :return: {(field, value): products}, those that are archived among them
        """
        found = {}
        for field, values in (("default_code", skus), ("barcode", barcodes)):
            values = values - {""}
            if not values:
                continue
            products = (
                self.env["product.product"]
                .with_context(active_test=False)
                .search(self._get_domain(channel, field, values))
            )
            groups = products.grouped(lambda p, f=field: self._normalise(p[f]))
            for value in values:
                if same := groups.get(self._normalise(value)):
                    found[field, value] = same
        return found

    def _explain(self, line, doubts):
        """Why no product stands on this line: a sentence for a person."""
        sku, barcode = line.oms_external_sku or "", line.oms_external_barcode or ""
        known = doubts.get(("default_code", sku)) or doubts.get(("barcode", barcode))
        words = {"sku": sku or barcode, "name": line.name.split("\n")[0]}
        if not known:
            return self.env._(
                "no product here has the SKU “%(sku)s” (%(name)s)", **words
            )
        words["products"] = ", ".join(
            f"{product.display_name} (#{product.id})" for product in known[:5]
        )
        if len(active := known.filtered("active")) > 1:
            return self.env._(
                "%(count)s products here have the SKU “%(sku)s” (%(name)s): "
                "%(products)s; leave it to one of them",
                count=len(active),
                **words,
            )
        return self.env._(
            "the product with the SKU “%(sku)s” (%(name)s) is archived: %(products)s; "
            "unarchive it or give its SKU to another one",
            **words,
        )

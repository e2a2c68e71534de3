# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL
from odoo.addons.oms_core.tools.unheld import unheld


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    oms_external_barcode = fields.Char(
        "Channel Barcode", copy=False, readonly=True, help="As the channel sent it."
    )
    oms_external_parent = fields.Char(
        "Part of Line",
        copy=False,
        readonly=True,
        help="The channel's key of the line of the bundle that this is a part of.",
    )

    def _update_line_quantity(self, values):
        """Override of `sale`: the history tells what a shop has changed, once."""
        if FROM_CHANNEL.is_on(self):
            return None
        return super()._update_line_quantity(values)

    def _set_oms_product(self, product):
        """The product that these lines were about all along.

        What the channel said stays: Odoo does not compute price, text and taxes
        from the product.
        """
        kept = (
            *("name", "price_unit", "discount", "extra_tax_data"),
            *("product_uom_qty", "tax_ids"),
        )
        # It completes the order as it was sold: no hold is meant against that.
        # The goods are asked for with those of all others, when the hold is released.
        quiet = FROM_CHANNEL.put(self.with_context(skip_procurement=True))
        with self.env.protecting([self._fields[name] for name in kept], self):
            unheld(quiet).write(
                {"product_id": product.id, "product_uom_id": product.uom_id.id}
            )

    def _check_oms_products(self):
        """Refuse to go on while a line has no product.

        :raise UserError: names order, SKU and the way out
        """
        resolver = self.env["oms.product.resolver"]
        placeholder = resolver._get_placeholder()
        unknown = self.filtered(lambda line: line.product_id == placeholder)
        if not unknown:
            return
        doubts = {}
        for channel, lines in unknown.grouped(
            lambda line: line.order_id.oms_channel_id
        ).items():
            doubts |= resolver._find_doubts(
                channel,
                {line.oms_external_sku or "" for line in lines},
                {line.oms_external_barcode or "" for line in lines},
            )
        sentences = [
            self.env._(
                "Order %(order)s: %(reason)s. The hold releases itself when exactly "
                "one product fits.",
                order=line.order_id.name,
                reason=resolver._explain(line, doubts),
            )
            for line in unknown
        ]
        if sentences:
            raise UserError("\n".join(sentences))

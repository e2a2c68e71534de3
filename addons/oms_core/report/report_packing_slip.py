# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models
from odoo.tools import float_is_zero, formatLang


class ReportPackingSlip(models.AbstractModel):
    _name = "report.oms_core.report_packing_slip"
    _description = "Packing Slip"

    @api.model
    def _get_report_values(self, docids, data=None):
        pickings = self.env["stock.picking"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": "stock.picking",
            "docs": pickings,
            "lines": self._get_lines(pickings),
        }

    @api.model
    def _get_lines(self, pickings):
        """What the buyer reads, by picking id: what is in the box, what is to come.

        A list of {"product", "ordered", "packed", "outstanding"}, quantities as text
        in the buyer's language and the product's unit. Extend to add a column.
        """
        return {
            picking.id: [
                self._prepare_line_values(picking, product, *quantities)
                for product, quantities in self._get_quantities(picking).items()
            ]
            for picking in pickings
        }

    @api.model
    def _get_quantities(self, picking):
        """{product: [ordered, packed, outstanding]} in the product's unit.

        Kits show as their components: that is what the buyer finds in the box.
        """
        found = defaultdict(lambda: [0.0, 0.0, 0.0])
        siblings = picking.sale_id.order_line.move_ids.filtered(_is_to_customer)
        for move in picking.move_ids.filtered(lambda m: m.state != "cancel"):
            found[move.product_id][1] += _packed(move)
        for move in siblings | picking.move_ids:
            line, product = move.sale_line_id, move.product_id
            if line.product_id != product and move.state != "cancel":
                found[product][0] += move.product_qty
        for line in siblings.sale_line_id | picking.move_ids.sale_line_id:
            if line.product_id in line.move_ids.product_id:
                found[line.product_id][0] += line.product_uom_id._compute_quantity(
                    line.product_uom_qty, line.product_id.uom_id
                )
        shipped = defaultdict(float)
        for move in siblings.filtered(
            lambda m: m.state == "done" and m.picking_id != picking
        ):
            shipped[move.product_id] += _packed(move)
        for product, quantities in found.items():
            ordered, packed, _outstanding = quantities
            quantities[2] = max(ordered - packed - shipped[product], 0.0)
        return {
            product: quantities
            for product, quantities in sorted(
                found.items(), key=lambda item: not item[1][1]
            )
            if not _is_nothing(product, quantities[1:])
        }

    @api.model
    def _prepare_line_values(self, picking, product, ordered, packed, outstanding):
        lang = picking._get_report_lang()
        env = self.with_context(lang=lang).env
        product = product.with_context(lang=lang, display_default_code=False)

        def text(quantity):
            precision = 0 if quantity == int(quantity) else 2
            return formatLang(env, quantity, digits=precision)

        return {
            "product": product,
            "ordered": text(ordered),
            "packed": text(packed) if packed else "",
            "outstanding": text(outstanding) if outstanding else "",
            "is_packed": bool(packed),
        }


def _is_to_customer(move):
    return move.location_dest_id.usage == "customer" and move.state != "cancel"


def _packed(move):
    """In the product's unit: what was done, is reserved, or else is asked for."""
    quantity = (
        move.quantity
        if move.quantity or move.state == "done"
        else (move.product_uom_qty)
    )
    return move.product_uom._compute_quantity(quantity, move.product_id.uom_id)


def _is_nothing(product, quantities):
    rounding = product.uom_id.rounding
    return all(float_is_zero(q, precision_rounding=rounding) for q in quantities)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SaleOrderLine(models.Model):
    """How far a line is; nothing here is stored."""

    _inherit = "sale.order.line"

    # A salesperson without rights on the stock still sees how far a line is: hence
    # compute_sudo.
    oms_qty_allocated = fields.Float(
        "Allocated",
        digits="Product Unit",
        compute="_compute_oms_quantities",
        compute_sudo=True,
        help="Reserved somewhere and not shipped yet.",
    )
    oms_qty_shipped = fields.Float(
        "Shipped",
        digits="Product Unit",
        compute="_compute_oms_quantities",
        compute_sudo=True,
    )
    oms_qty_returned = fields.Float(
        "Returned",
        digits="Product Unit",
        compute="_compute_oms_quantities",
        compute_sudo=True,
    )
    oms_nodes = fields.Char(
        "From",
        compute="_compute_oms_quantities",
        compute_sudo=True,
        help="Codes of the places that ship this line.",
    )

    # === COMPUTE ===

    def _compute_oms_quantities(self):
        """No dependencies: bulk work on moves need not care for a column."""
        for line in self:
            moves = line.move_ids.filtered(lambda move: move.state != "cancel")
            out = moves.filtered(lambda move: move._is_oms_outgoing())
            back = moves.filtered(lambda move: move.location_id.usage == "customer")
            done = out.filtered(lambda move: move.state == "done")
            line.oms_qty_allocated = line._get_oms_quantity(out - done, out)
            line.oms_qty_shipped = line._get_oms_quantity(done, out)
            line.oms_qty_returned = line._get_oms_quantity(
                back.filtered(lambda move: move.state == "done"), out
            )
            places = out.picking_type_id.warehouse_id
            line.oms_nodes = ", ".join(places.mapped("code"))

    def _get_oms_quantity(self, moves, demand):
        """Quantity that moves handle, in the line's unit.

        A kit counts as often as its scarcest component: 3 of 4 poles and 1 of 2
        tarpaulins are half a kit's worth.
        """
        if not moves:
            return 0.0
        if demand.product_id == self.product_id:
            return sum(
                move.product_uom._compute_quantity(move.quantity, self.product_uom_id)
                for move in moves
            )
        handled = moves.grouped("product_id")
        shares = []
        for product, wanted in demand.grouped("product_id").items():
            total = sum(wanted.mapped("product_qty"))
            part = sum(
                move.product_uom._compute_quantity(move.quantity, product.uom_id)
                for move in handled.get(product, self.env["stock.move"])
            )
            shares.append(part / total if total else 0.0)
        return min(shares, default=0.0) * self.product_uom_qty

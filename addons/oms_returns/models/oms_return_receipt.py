# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError


class OmsReturn(models.Model):
    """Goods that come back: expected, received, and sent where they belong."""

    _inherit = "oms.return"

    # === EXPECTED ===

    def _create_receipts(self):
        """Make the incoming transfers, one for each delivery that is returned.

        They are Odoo's own returns: each move names the delivery move that it takes
        back, so that delivered quantities and stock valuation follow.
        """
        self.warehouse_id._ensure_oms_return_location()
        wanted = self.line_ids._get_moves_to_return()
        groups = defaultdict(list)
        for line, move, quantity in wanted:
            groups[line.return_id, move.picking_id].append((line, move, quantity))
        pickings = self.env["stock.picking"].create(
            [
                rma._prepare_receipt_values(delivery)
                for rma, delivery in groups  # one receipt for each
            ]
        )
        self.env["stock.move"].create(
            [
                line._prepare_return_move_values(move, quantity, picking)
                for picking, group in zip(pickings, groups.values(), strict=True)
                for line, move, quantity in group
            ]
        )
        pickings.action_confirm()
        pickings.action_assign()
        return pickings

    def _prepare_receipt_values(self, delivery):
        """Values of the incoming transfer; Odoo's own return wizard gives most."""
        self.ensure_one()
        wizard = self.env["stock.return.picking"]
        warehouse = self.warehouse_id
        operation = (
            delivery.picking_type_id.return_picking_type_id
            if delivery.picking_type_id.warehouse_id == warehouse
            else warehouse.out_type_id.return_picking_type_id
        ) or warehouse.in_type_id
        values = wizard._prepare_picking_default_values_based_on(delivery) | {
            "picking_type_id": operation.id,
            "location_dest_id": warehouse.oms_return_location_id.id,
            "origin": self.name,
            "oms_return_id": self.id,
            "user_id": False,
            "carrier_id": False,
            "carrier_price": 0.0,
        }
        return delivery.copy_data(values)[0]

    # === RECEIVED ===

    def _receive(self):
        """Validate the receipts with the quantities that arrived.

        A return on which nobody entered any received as requested.
        """
        untouched = self.filtered(
            lambda rma: not any(rma.line_ids.mapped("quantity_received"))
        )
        for quantity, lines in untouched.line_ids.grouped("quantity").items():
            lines.quantity_received = quantity
        pickings = self.picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel")
        )
        self._check_receipts(pickings)
        self.line_ids._fill_in_receipts()
        pickings._sanity_check()
        # What did not arrive is not awaited any more: the buyer keeps it, and may
        # ask for another return of it.
        pickings.with_context(cancel_backorder=True)._action_done()
        return True

    def _check_receipts(self, pickings):
        for rma in self - pickings.oms_return_id:
            raise UserError(
                self.env._(
                    "Return %(name)s has no open receipt: it was cancelled in "
                    "Inventory. Cancel the return and request it again.",
                    name=rma.name,
                )
            )

    def _on_receipts_done(self):
        """The receipts of these returns were validated, here or in Inventory."""
        complete = self.filtered(
            lambda rma: (
                rma.state == "approved"
                and all(
                    picking.state in ("done", "cancel") for picking in rma.picking_ids
                )
            )
        )
        if not complete:
            return
        complete._set_received()
        complete.line_ids._apply_dispositions()

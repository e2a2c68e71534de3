# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import models

from odoo.addons.oms_core.tools.unheld import unheld

from ..engine.documents import ZERO


class OmsOrderImporter(models.AbstractModel):
    """What the shop has shipped itself, from a store or by a service of its own."""

    _inherit = "oms.order.importer"

    def _update_fulfilled(self, updates):
        """Do the transfers here that were done there, with the shop's tracking.

        Orders with several parcels take a turn for each parcel; a turn is one
        validation for all orders.
        """
        parcels = {
            update.order: self._list_parcels(update)
            for update in updates
            if "fulfilled" in update.done
        }
        for turn in range(max(map(len, parcels.values()), default=0)):
            self._ship_elsewhere(
                {
                    order: rows[turn]
                    for order, rows in parcels.items()
                    if turn < len(rows)
                }
            )

    def _ship_arrivals(self, channel, pairs, currencies):
        """New orders of which the shop has shipped something before they came here.

        They are brought up to date from how they were before anything had left.
        """
        if channel.arrived_shipped != "here":
            return
        gone = self._filter_shipped(pairs)
        for order, document in gone:
            lines = (replace(line, fulfilled=ZERO) for line in document.lines)
            whole = replace(document, lines=tuple(lines))
            order.oms_channel_document = self._prepare_document(whole, whole)
        self._update_orders(channel, gone, currencies)

    def _filter_shipped(self, pairs):
        """Those of which something has left before they came."""
        return [
            (order, document)
            for order, document in pairs
            if not document.cancelled_at
            and any(line.fulfilled for line in document.lines)
        ]

    def _list_parcels(self, update):
        """What is to be shipped: [(units by line, carrier, tracking)].

        The newest parcels of the shop are taken until all units are in one; what
        the shop names no parcel for goes without tracking.
        """
        missing = {
            change.key: change.new - change.old
            for change in update.changes
            if change.kind == "fulfilled"
        }
        return self._share_parcels(missing, update.after.parcels)

    def _share_parcels(self, missing, parcels):
        """:param dict missing: line -> units of it that are in one of the parcels"""
        found = []
        for parcel in reversed(parcels):
            units = {
                key: min(quantity, missing[key])
                for key, quantity in parcel.lines
                if missing.get(key, 0) > 0
            }
            if units:
                found.append((units, parcel.carrier, parcel.tracking))
                missing |= {key: missing[key] - units[key] for key in units}
        rest = {key: quantity for key, quantity in missing.items() if quantity > 0}
        return [*reversed(found), *([(rest, "", "")] if rest else [])]

    def _ship_elsewhere(self, parcels):
        """:param dict parcels: order -> (units by line, carrier, tracking)"""
        taken = unheld(self.env["stock.move"])
        for order, (units, _carrier, tracking) in parcels.items():
            # Whether a hold forbids it was asked before.
            moves = unheld(self._get_open_pickings(order)).move_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            )
            mine = moves.browse().union(
                *(
                    self._take_units(line, moves, float(quantity))
                    for line in order.order_line
                    if (quantity := units.get(line.oms_external_id))
                )
            )
            if tracking:
                mine.picking_id.write({"carrier_tracking_ref": tracking})
            taken |= mine
        (taken.picking_id.move_ids - taken).filtered("picked").picked = False
        taken.picked = True
        taken.picking_id._action_done()

    def _take_units(self, line, moves, quantity):
        """Moves that bring these units of a line; those of a kit in proportion."""
        mine = moves.filtered(lambda move: move.sale_line_id == line)
        still_open = line.product_uom_qty - line.oms_qty_shipped
        taken = mine.browse()
        for product_moves in mine.grouped("product_id").values():
            demand = sum(product_moves.mapped("product_uom_qty"))
            left = demand * quantity / still_open if still_open else 0.0
            for move in product_moves:
                part = min(left, move.product_uom_qty)
                if move.product_uom.compare(part, 0.0) > 0:
                    if move.product_uom.compare(move.quantity, part):
                        move.quantity = part
                    taken |= move
                    left -= part
        return taken

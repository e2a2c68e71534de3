# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..engine.diff import Facts, LineFacts


class OmsOrderImporter(models.AbstractModel):
    """What has been done with orders here, before their shop changes them."""

    _inherit = "oms.order.importer"

    def _read_facts(self, channel, orders):
        """:return: {order id: ``Facts``}, read for all orders at once"""
        # They follow no dependencies, and may have been read before goods moved.
        quantities = ["oms_qty_allocated", "oms_qty_shipped", "oms_qty_returned"]
        orders.order_line.invalidate_recordset(quantities, flush=False)
        # Read for all what is asked for one order after the other.
        orders.picking_ids.move_ids.mapped("picked")
        orders.invoice_ids.mapped("state")
        return {order.id: self._get_facts(channel, order) for order in orders}

    def _get_facts(self, channel, order):
        # What comes back is not on its way to the buyer.
        pickings = order.picking_ids.filtered(
            lambda p: p.state != "cancel" and p.picking_type_code != "incoming"
        )
        parcels = pickings.filtered(lambda p: p.picking_type_code == "outgoing")
        waiting = pickings.filtered(lambda p: p.state != "done")
        invoices = order.invoice_ids.filtered(lambda m: m.move_type == "out_invoice")
        posted = invoices.filtered(lambda m: m.state == "posted")
        draft = invoices.filtered(lambda m: m.state == "draft")
        is_away = any(order.order_line.mapped(self._is_away))
        gone = parcels - waiting if is_away else parcels.browse()
        ship = order._oms_get_holds("ship") | order._oms_get_holds("pick")
        return Facts(
            lines=self._get_line_facts(order),
            is_cancelled=order.state == "cancel",
            is_open=bool(parcels & waiting) or not parcels,
            started=waiting.filtered(self._is_started)[:1].name or "",
            shipped=gone[:1].name or "",
            invoice=posted[:1].name or "",
            draft=draft[:1].display_name or "",
            held=self._name_hold(ship),
            kept=self._name_hold(order._oms_get_holds("cancel")),
            frozen=self._name_hold(order._oms_get_holds("edit")),
            chain=(waiting - parcels)[:1].name or "",
            digits=order.currency_id.decimal_places,
            force=channel.ships_without_stock,
        )

    def _name_hold(self, holds):
        """The type of the first hold that has another reason than the shop's change."""
        others = holds.filtered(lambda hold: not (hold.data or {}).get("asked"))
        return others[:1].type_id.name or ""

    def _is_away(self, line):
        """Some of it has left and not come back."""
        back = line.oms_qty_returned
        return line.product_uom_id.compare(line.oms_qty_shipped, back) > 0

    def _is_started(self, picking):
        """Somebody works on it, or its label is printed."""
        return (
            picking.printed
            or bool(picking.carrier_tracking_ref)
            or any(move.picked for move in picking.move_ids)
        )

    def _get_line_facts(self, order):
        def exact(quantity):
            return Decimal(str(quantity))

        return {
            line.oms_external_id: LineFacts(
                quantity=exact(line.product_uom_qty),
                shipped=exact(line.oms_qty_shipped),
                returned=exact(line.oms_qty_returned),
                reserved=exact(line.oms_qty_allocated),
                invoiced=exact(line.qty_invoiced_posted + line.oms_credited_qty),
                is_moved=line.product_id.type == "consu",
            )
            for line in order.order_line
            if line.oms_external_id
        }

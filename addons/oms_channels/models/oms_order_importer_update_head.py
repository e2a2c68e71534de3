# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models

from odoo.addons.oms_core.tools.unheld import unheld


class OmsOrderImporter(models.AbstractModel):
    """Addresses, shipping methods and notes; open transfers follow."""

    _inherit = "oms.order.importer"

    def _update_head(self, channel, updates):
        self._update_addresses(channel, updates)
        self._update_carriers(channel, updates)
        self._update_requested(updates)
        notes = defaultdict(lambda: self.env["sale.order"])
        for update in updates:
            if "note" in update.done:
                after = update.after
                notes[
                    after.note, after.gift_note, after.purchase_order or after.number
                ] |= update.order
        for (note, gift_note, reference), orders in notes.items():
            orders.write(
                {
                    "oms_buyer_note": note or False,
                    "oms_gift_note": gift_note or False,
                    "client_order_ref": reference,
                }
            )

    def _update_addresses(self, channel, updates):
        todo = [update for update in updates if {"ship_to", "bill_to"} & update.done]
        if not todo:
            return
        partners = self.env["oms.partner.resolver"]._resolve(
            channel,
            [update.after for update in todo],
            {update.after.external_id: update.order.partner_id for update in todo},
        )
        groups = defaultdict(lambda: self.env["sale.order"])
        for update in todo:
            order = update.order
            _buyer, payer, receiver = partners[update.after.external_id]
            key = (
                receiver if "ship_to" in update.done else order.partner_shipping_id,
                payer if "bill_to" in update.done else order.partner_invoice_id,
                order.fiscal_position_id,
            )
            groups[key] |= order
        for (receiver, payer, position), orders in groups.items():
            # The taxes are the channel's, wherever the goods go; and nobody need be
            # warned to change transfers: they change here.
            orders = unheld(orders.with_context(mail_activity_automation_skip=True))
            orders.write(
                {
                    "partner_shipping_id": receiver.id,
                    "partner_invoice_id": payer.id,
                    "fiscal_position_id": position.id,
                }
            )
            self._get_open_pickings(orders).write({"partner_id": receiver.id})

    def _update_carriers(self, channel, updates):
        todo = [update for update in updates if "carrier" in update.done]
        found = self._find_carriers(channel, [update.after for update in todo])
        groups = defaultdict(lambda: self.env["sale.order"])
        for update in todo:
            carrier = found.get(update.after.shipping_method.casefold())
            groups[carrier or self.env["delivery.carrier"]] |= update.order
        for carrier, orders in groups.items():
            orders = unheld(orders)
            orders.write({"carrier_id": carrier.id})
            self._get_open_pickings(orders).write({"carrier_id": carrier.id})

    def _update_requested(self, updates):
        """The day the buyer wants it: the promise follows (see `oms_core`)."""
        groups = defaultdict(lambda: self.env["sale.order"])
        for update in updates:
            if "requested" in update.done:
                place = update.order.warehouse_id
                groups[update.after.requested_on, place.id] |= update.order
        for (day, place_id), orders in groups.items():
            moment = day and self._get_requested_moment(day, place_id)
            unheld(orders).write({"commitment_date": moment or False})

    def _get_open_pickings(self, orders):
        return orders.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))

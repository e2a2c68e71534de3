# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from ...tools.edit import Edit
from ...tools.mark import FROM_CHANNEL

# Fields whose change the warehouse must know of, and the history tells.
FOLLOWED = ("carrier_id", "partner_invoice_id", "partner_shipping_id")


class SaleOrder(models.Model):
    """An edit of a confirmed order reaches the warehouse, or is refused there."""

    _inherit = "sale.order"

    # === CHECK ===

    def _oms_get_open_parcels(self):
        """Transfers of these orders that are not done: those that an edit reaches."""
        return self.picking_ids.filtered(
            lambda picking: (
                picking.state not in ("done", "cancel")
                and any(move._is_oms_outgoing() for move in picking.move_ids)
            )
        )

    def _oms_check_not_begun(self, parcels, what):
        """Refuse an edit that comes too late for the warehouse."""
        begun = parcels.filtered(lambda picking: picking._oms_is_begun())
        if begun:
            raise UserError(
                self.env._(
                    "%(what)s of order %(order)s cannot be changed: %(transfers)s is "
                    "being picked. Ask the warehouse to put the goods back and "
                    "unreserve the transfer, or put the order on hold.",
                    what=what,
                    order=", ".join(
                        begun.move_ids.sale_line_id.order_id.mapped("name")
                    ),
                    transfers=", ".join(begun.mapped("name")),
                )
            )

    # === CRUD ===

    def write(self, vals):
        """Override of `sale_stock` to bring address and carrier to the transfers."""
        names = [name for name in FOLLOWED if name in vals]
        if not names or FROM_CHANNEL.is_on(self):
            # What a channel has changed, its importer brings to the transfers.
            return super().write(vals)
        edited = self.filtered(
            lambda order: order.state == "sale" and order._oms_is_changed(vals, names)
        )
        if not edited:
            return super().write(vals)
        parcels = edited._oms_get_open_parcels()
        edited._oms_check_parcels_follow(vals, parcels)
        before = {
            order: {name: order[name].display_name for name in names}
            for order in edited
        }
        # The transfers follow by themselves: nobody need be asked to do it.
        quiet = self.with_context(mail_activity_automation_skip=True)
        result = super(SaleOrder, quiet).write(vals)
        edited._oms_tell_parcels(vals, parcels)
        edited._oms_record_edits(edited._oms_get_edits(before))
        return result

    # === BUSINESS ===

    def _oms_check_parcels_follow(self, vals, parcels):
        labels = {
            "partner_shipping_id": self.env._("The address"),
            "carrier_id": self.env._("The carrier"),
        }
        for name, label in labels.items():
            if name in vals and any(
                order[name].id != (vals[name] or False) for order in self
            ):
                self._oms_check_not_begun(parcels, label)

    def _oms_tell_parcels(self, vals, parcels):
        values = {}
        if vals.get("partner_shipping_id"):
            values["partner_id"] = vals["partner_shipping_id"]
        if "carrier_id" in vals:
            values["carrier_id"] = vals["carrier_id"]
        if values:
            # Who may edit an order need not be allowed to touch the stock.
            parcels.sudo().write(values)  # see above

    def _oms_get_edits(self, before):
        """{order: [``Edit``]}, one for each field that has changed."""
        labels = {name: self._fields[name].string for name in FOLLOWED}
        nothing = self.env._("none")
        return {
            order: [
                Edit(
                    name,
                    self.env._(
                        "%(field)s: %(old)s → %(new)s.",
                        field=labels[name],
                        old=old or nothing,
                        new=order[name].display_name or nothing,
                    ),
                )
                for name, old in values.items()
                if old != order[name].display_name
            ]
            for order, values in before.items()
        }

    @api.model
    def _oms_record_edits(self, edits):
        """Write edits into the history, and let the siblings know.

        :param dict edits: {order: [``Edit``]}
        """
        edits = {order: made for order, made in edits.items() if made}
        if not edits or FROM_CHANNEL.is_on(self):
            # What a channel has changed is told by its importer; the channel knows.
            return
        self.env["oms.event"]._record(
            [
                {"order": order, "kind": "edit", "sentence": edit.sentence}
                for order, made in edits.items()
                for edit in made
            ]
        )
        self.browse(order.id for order in edits)._oms_on_edited(edits)

    # === HOOKS ===

    def _oms_on_edited(self, changes):
        """Confirmed orders were edited here; extended by oms_channels.

        :param dict changes: {order: [``Edit``]}
        """

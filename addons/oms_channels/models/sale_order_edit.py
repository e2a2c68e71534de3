# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from odoo.addons.oms_core.tools.unheld import is_unheld

from ..engine.documents import UnitEdit


class SaleOrder(models.Model):
    """What is edited here is told to the channel."""

    _inherit = "sale.order"

    # === HOOKS ===

    def _oms_on_edited(self, changes):
        """Override of `oms_core` to have the shop, or a person, edit it there."""
        result = super()._oms_on_edited(changes)
        if is_unheld(self):
            # Cancelled units are told as such; freight is the affair of this house.
            return result
        told = self._get_oms_orders_of_shops()
        for channel, orders in told.grouped("oms_channel_id").items():
            channel._tell_edits({order: changes[order] for order in orders})
        return result

    # === UNITS ===

    def _get_oms_unit_edits(self):
        """Lines of which the shop should have another number of units.

        :return: {order: tuple of ``UnitEdit``}
        """
        importer = self.env["oms.order.importer"]
        told, found = self._get_oms_told_units(), {}
        for order in self:
            kept = (order.oms_channel_document or {}).get("applied")
            document = importer._load_document(kept)
            here = order.order_line.grouped("oms_external_id")
            found[order] = tuple(
                unit
                for line in (document.lines if document else ())
                if line.kind == "goods"
                and (unit := self._get_oms_unit_edit(order, line, here, told))
            )
        return found

    def _get_oms_unit_edit(self, order, line, here, told):
        sold = here.get(line.external_id)
        wanted = (
            Decimal(str(sum(sold.mapped("product_uom_qty")))) if sold else Decimal()
        )
        known = (
            line.quantity - line.cancelled,
            *told.get((order.id, line.external_id), ()),
        )
        if wanted == known[-1]:
            return None
        return UnitEdit(line.external_id, known, wanted)

    def _get_oms_told_units(self):
        """{(order id, line's external id): units that the shop was told, in order}"""
        messages = (
            self.env["oms.channel.message"]
            .sudo()  # who edits need not read messages
            .search(
                [
                    ("order_id", "in", self.ids),
                    ("kind", "=", "edit"),
                    ("state", "in", ("pending", "failed", "done")),
                ],
                order="id",
            )
        )
        told = {}
        for message in messages:
            edit = message.channel_id._load_edit(message._get_payload())
            for unit in edit.lines:
                key = message.order_id.id, unit.line_external_id
                told.setdefault(key, []).append(unit.wanted)
        return told

    def _get_oms_overpaid_sentence(self):
        """Money that the buyer has paid for what is not on the order any more."""
        self.ensure_one()
        paid = self.sudo()._oms_get_open_money()[self]  # who edits may not see payments
        over = paid - self.amount_total
        if self.currency_id.compare_amounts(over, 0.0) <= 0:
            return ""
        return self.env._(
            "The buyer has paid %(amount)s more than it costs now: give it back there.",
            amount=self.currency_id.format(over),
        )

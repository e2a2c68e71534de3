# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    """Orders that were perhaps sent twice."""

    _inherit = "sale.order"

    # === HOOKS ===

    def _oms_on_captured(self):
        """Extended to hold what the same buyer has just ordered already."""
        result = super()._oms_on_captured()
        self.filtered("oms_channel_id.duplicate_minutes")._oms_hold_duplicates()
        return result

    # === BUSINESS ===

    def _oms_hold_duplicates(self):
        if not self:
            return
        # Another clerk's order, or one of another place, is compared as well.
        finder = self.env["oms.order.fingerprint"].sudo()  # see above
        pairs = [
            (
                finder.env["sale.order"].browse(pair[0]),
                finder.env["sale.order"].browse(pair[1]),
            )
            for pair in finder._find_duplicates(self)
        ]
        # Who has released it once has compared them.
        new = [
            (order, other)
            for order, other in pairs
            if "duplicate" not in order.oms_hold_ids.type_id.mapped("code")
        ]
        if not new:
            return
        self.env["oms.hold"]._place(
            [self._prepare_duplicate_hold(order, other) for order, other in new]
        )
        self.env["oms.event"]._record(
            [
                {
                    "order": other,
                    "kind": "note",
                    "sentence": self.env._(
                        "Order %s may be a duplicate of this one: it is held.",
                        order._get_oms_both_numbers(),
                    ),
                    "document": order,
                }
                for order, other in new
            ]
        )

    def _prepare_duplicate_hold(self, order, other):
        apart = abs(order.date_order - other.date_order).total_seconds()
        return {
            "order": order,
            "type": "duplicate",
            "reason": self.env._(
                "%(order)s has the buyer and the basket of %(other)s, %(minutes)s "
                "minutes apart",
                order=order._get_oms_both_numbers(),
                other=other._get_oms_both_numbers(),
                minutes=round(apart / 60),
            ),
            "data": {"order": other.id},
        }

    def _get_oms_both_numbers(self):
        """Our number, and the one that the buyer knows."""
        number = self.oms_external_number
        return f"{self.name} ({number})" if number else self.name

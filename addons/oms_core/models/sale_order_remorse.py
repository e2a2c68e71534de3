# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models


class SaleOrder(models.Model):
    """The time in which the buyer may think again."""

    _inherit = "sale.order"

    # === HOOKS ===

    def _oms_on_captured(self):
        """Extended to wait for the end of the channel's remorse window."""
        result = super()._oms_on_captured()
        self.filtered("oms_channel_id.remorse_minutes")._oms_hold_for_remorse()
        return result

    # === BUSINESS ===

    def _oms_hold_for_remorse(self):
        """Hold until the window is over, counted from the buyer's order."""
        now = fields.Datetime.now()
        ends = {}
        for order in self:
            end = order._get_oms_remorse_end()
            seen = order.oms_hold_ids.type_id.mapped("code")
            if end > now and "remorse" not in seen:
                ends[order] = end
        if not ends:
            return
        holds = (
            self.env["oms.hold"]
            ._place(
                [
                    {
                        "order": order,
                        "type": "remorse",
                        "reason": self.env._(
                            "the buyer may change or cancel it for %s minutes",
                            order.oms_channel_id.remorse_minutes,
                        ),
                    }
                    for order in ends
                ]
            )
            .sudo()
        )  # whoever captures an order does not write holds
        for hold in holds:
            hold.release_date = ends[hold.order_id]
        self.env.ref("oms_core.ir_cron_release_due_holds").sudo()._trigger(  # as above
            at=sorted(set(ends.values()))
        )

    def _get_oms_remorse_end(self):
        """The end, on the next full minute: one waking of the cron serves many."""
        minutes = self.oms_channel_id.remorse_minutes
        end = (self.date_order or fields.Datetime.now()) + timedelta(minutes=minutes)
        whole = end.replace(second=0, microsecond=0)
        return whole if whole == end else whole + timedelta(minutes=1)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# What is over needs no attention on a card.
FINISHED = ("shipped", "delivered", "closed", "cancelled")


class OmsChannel(models.Model):
    """What the card of a channel shows."""

    _inherit = "oms.channel"

    icon_url = fields.Char(compute="_compute_icon_url")
    open_order_count = fields.Integer(
        "Open Orders", compute="_compute_card_counts", help="Not shipped yet."
    )
    unfillable_count = fields.Integer("Unfillable", compute="_compute_card_counts")
    today_order_count = fields.Integer(
        "Orders Today", compute="_compute_card_counts", help="Ordered since midnight."
    )

    # === COMPUTE ===

    @api.depends("kind")
    def _compute_icon_url(self):
        for channel in self:
            channel.icon_url = f"/oms_core/static/img/channel_{channel.kind}.svg"

    def _compute_card_counts(self):
        orders = self.env["sale.order"]
        today = dict(
            orders._read_group(
                [("oms_channel_id", "in", self.ids), ("date_order", ">=", "today")],
                ["oms_channel_id"],
                ["__count"],
            )
        )
        states = orders._read_group(
            [
                ("oms_channel_id", "in", self.ids),
                ("oms_state", "not in", FINISHED),
            ],
            ["oms_channel_id", "oms_state"],
            ["__count"],
        )
        for channel in self:
            own = {state: count for place, state, count in states if place == channel}
            channel.open_order_count = sum(own.values())
            channel.unfillable_count = own.get("unfillable", 0)
            channel.today_order_count = today.get(channel, 0)

    # === ACTIONS ===

    def action_view_open_orders(self):
        return self._get_orders_action(
            [("oms_state", "not in", FINISHED)], self.env._("Open Orders")
        )

    def action_view_held_orders(self):
        return self._get_orders_action(
            [("oms_state", "=", "on_hold")], self.env._("Held Orders")
        )

    def action_view_unfillable_orders(self):
        return self._get_orders_action(
            [("oms_state", "=", "unfillable")], self.env._("Unfillable Orders")
        )

    def action_view_today_orders(self):
        return self._get_orders_action(
            [("date_order", ">=", "today")], self.env._("Orders of Today")
        )

    def _get_orders_action(self, domain, title):
        self.ensure_one()
        return self.action_view_orders() | {
            "domain": [("oms_channel_id", "=", self.id), *domain],
            "display_name": title,
            "name": f"{self.name}: {title}",
        }

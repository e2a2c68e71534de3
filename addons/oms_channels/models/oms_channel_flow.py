# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

WAITING = ("pending", "failed")
STUCK = ("quarantined", "dead")


class OmsChannel(models.Model):
    """Whether everything is flowing: what the channel's card tells."""

    _inherit = "oms.channel"

    last_in = fields.Datetime("Last Received", compute="_compute_flow")
    last_out = fields.Datetime("Last Told", compute="_compute_flow")
    waiting_count = fields.Integer("Waiting Messages", compute="_compute_flow")
    stuck_count = fields.Integer("Failed Messages", compute="_compute_flow")

    def _compute_flow(self):
        groups = self.env["oms.channel.message"]._read_group(
            [("channel_id", "in", self.ids)],
            ["channel_id", "direction", "state"],
            ["create_date:max", "done_at:max", "__count"],
        )
        flow = {channel: {} for channel in self}
        for channel, direction, state, received, done, count in groups:
            numbers = flow[channel]
            moment = received if direction == "in" else done
            known = numbers.get(direction)
            if moment and (not known or moment > known):
                numbers[direction] = moment
            kind = "stuck" if state in STUCK else state in WAITING and "waiting"
            numbers[kind] = numbers.get(kind, 0) + count
        for channel in self:
            numbers = flow[channel]
            channel.last_in = numbers.get("in")
            channel.last_out = numbers.get("out")
            channel.waiting_count = numbers.get("waiting", 0)
            channel.stuck_count = numbers.get("stuck", 0)

    # === ACTIONS ===

    def action_view_messages(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_channel_message"
        )
        return action | {"domain": [("channel_id", "=", self.id)], "context": {}}

    def action_view_stuck_messages(self):
        action = self.action_view_messages()
        return action | {"domain": [*action["domain"], ("state", "in", STUCK)]}

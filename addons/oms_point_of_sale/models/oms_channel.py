# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    _inherit = "oms.channel"

    pos_config_ids = fields.One2many(
        "pos.config",
        "oms_channel_id",
        string="Tills",
        readonly=True,
        groups="point_of_sale.group_pos_user",
    )
    pos_order_count = fields.Integer(
        "Receipts",
        compute="_compute_pos_order_count",
        groups="point_of_sale.group_pos_user",
    )

    # === COMPUTE ===

    def _compute_pos_order_count(self):
        counts = self.env["pos.order"]._read_group(
            [("oms_channel_id", "in", self.ids)], ["oms_channel_id"], ["__count"]
        )
        counted = {channel.id: count for channel, count in counts}
        for channel in self:
            channel.pos_order_count = counted.get(channel.id, 0)

    # === ACTIONS ===

    def action_view_pos_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "point_of_sale.action_pos_pos_form"
        )
        return action | {"domain": [("oms_channel_id", "=", self.id)]}

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.errors import ChannelError

LARGEST_FILE = 20 * 1024 * 1024


class OmsChannelUpload(models.TransientModel):
    """Brings a file of orders into a channel's inbox."""

    _name = "oms.channel.upload"
    _description = "Upload Orders"

    channel_id = fields.Many2one(
        "oms.channel",
        required=True,
        domain=[("platform", "=", "file")],
        default=lambda self: self.env["oms.channel"].search(
            [("platform", "=", "file")], limit=1
        ),
    )
    content = fields.Binary("File", required=True, attachment=False)
    name = fields.Char()

    def action_upload(self):
        """Store and import; show what became of each order."""
        self.ensure_one()
        content = base64.b64decode(self.content)
        if len(content) > LARGEST_FILE:
            raise UserError(
                self.env._(
                    "%(name)s is larger than 20 MB. Split it into several files.",
                    name=self.name,
                )
            )
        # Who may upload orders need not have the rights on all that they touch.
        channel = self.channel_id.sudo()  # see above
        try:
            payloads = channel._get_connector()._read_file(
                channel, self.name or "", content
            )
        except ChannelError as error:
            raise UserError(str(error)) from error
        messages = self.env["oms.channel.message"].union(
            *channel._receive_orders(payloads)
        )
        waiting = messages.filtered(lambda message: message.state == "pending")
        channel._process_messages(waiting.sudo())  # as above
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_channel_message"
        )
        return action | {"domain": [("id", "in", messages.ids)], "context": {}}

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import fields, models


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
        """Store and import; show what became of the file and its orders."""
        self.ensure_one()
        self.channel_id.check_access("read")
        # Who may upload orders need not have the rights on all that they touch.
        channel = self.channel_id.sudo()  # see above
        file = channel.env["oms.channel.file"]._store(
            channel, self.name or "orders", base64.b64decode(self.content)
        )
        file.name = self.name or file.name
        file._import()
        return {
            "type": "ir.actions.act_window",
            "res_model": "oms.channel.file",
            "res_id": file.id,
            "view_mode": "form",
        }

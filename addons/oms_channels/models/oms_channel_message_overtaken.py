# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsChannelMessage(models.Model):
    """Orders that could not be read, of which a later word has arrived since."""

    _inherit = "oms.channel.message"

    def _skip_overtaken(self):
        """Of orders that are here now, nobody need look into older versions.

        :param self: messages of orders that are done
        """
        newest = {}
        for message in self.filtered("version"):
            key = (message.channel_id, message.external_id)
            newest[key] = max(newest.get(key, ""), message.version)
        waiting = self.search(
            [
                ("state", "=", "quarantined"),
                ("direction", "=", "in"),
                ("kind", "=", "order"),
                ("channel_id", "in", self.channel_id.ids),
                ("external_id", "in", self.filtered("version").mapped("external_id")),
            ]
        ).filtered(
            lambda message: (
                message.version
                and message.version
                <= newest.get((message.channel_id, message.external_id), "")
            )
        )
        if waiting:
            waiting._skip(self.env._("the order has arrived by a later message."))

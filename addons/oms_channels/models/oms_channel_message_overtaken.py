# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import SQL


class OmsChannelMessage(models.Model):
    """Which word of an order counts, of several that do not come in order."""

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

    def _repeat_overruled(self):
        """Process again what the shop shows now, if another word came after it.

        A shop's clock tells versions of one second not apart: the older one of two
        may have come later, and undone what was true. Its order has not changed
        since, so that nothing would put it right.

        :param self: messages of orders as a shop shows them at this moment
        """
        done = self.filtered(lambda message: message.state == "done")
        if not done:
            return
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT ON (channel_id, external_id) id
                  FROM oms_channel_message
                 WHERE channel_id = ANY(%s) AND external_id = ANY(%s)
                   AND direction = 'in' AND kind = 'order' AND state = 'done'
              ORDER BY channel_id, external_id, done_at DESC, id DESC
                """,
                done.channel_id.ids,
                done.mapped("external_id"),
            )
        )
        last = {row[0] for row in self.env.cr.fetchall()}
        overruled = done.filtered(lambda message: message.id not in last)
        overruled.write({"state": "pending", "next_try": False, "attempts": 0})

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..engine.documents import Closing

# What is older was closed by hand long ago, or does not matter to anybody.
DAYS = 90
BATCH = 1000


class OmsChannel(models.Model):
    """Orders with which nothing is left to do are closed in the shop, too."""

    _inherit = "oms.channel"

    close_orders = fields.Boolean(
        "Close Orders in the Shop",
        help="An order that is shipped and paid, with no return under way, is closed "
        "in the shop: archived in Shopify, completed in WooCommerce.",
    )

    # === CRON ===

    @api.model
    def _cron_close_orders(self):
        """Ask for the closing of what has become complete since the last time."""
        for channel in self.search([("close_orders", "=", True)]):
            channel._queue_closings()

    def _queue_closings(self):
        """:return: the messages that were queued"""
        self.ensure_one()
        orders = self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", self.id),
                ("oms_external_id", "!=", False),
                ("date_order", ">=", fields.Datetime.now() - timedelta(days=DAYS)),
                ("oms_state", "in", ("shipped", "delivered", "closed")),
                (
                    "oms_payment_state",
                    "in",
                    ("paid", "partially_refunded", "refunded"),
                ),
                ("oms_return_state", "in", ("none", "done")),
                ("oms_message_ids", "not any", [("kind", "=", "close")]),
            ],
            limit=BATCH,
        )
        messages = self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": "close",
                    "key": f"close:{order.id}",
                    "external_id": order.oms_external_id,
                    "order_id": order.id,
                    "payload": self._dump(
                        {"key": f"close:{order.id}", "order": order.oms_external_id}
                    ),
                }
                for order in orders
            ],
            direction="out",
        )
        if messages:
            self._delay_processing("out")
        return messages

    # === PUSH ===

    def _push_close_messages(self, messages):
        """:return: {message: error or None}"""
        closings = {
            message: Closing(message.key, message.external_id) for message in messages
        }
        answers = self._get_connector()._push_closes(self, list(closings.values()))
        return {
            message: answers.get(closing.key) for message, closing in closings.items()
        }

    def _get_told_sentence(self, message):
        """Override to tell that an order was closed."""
        if message.kind != "close":
            return super()._get_told_sentence(message)
        return self.env._("%(channel)s has closed the order.", channel=self.name)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import fields, models

from ..engine.documents import Capture


class OmsChannel(models.Model):
    """Money that was secured: taken when goods leave, let go when they never will."""

    _inherit = "oms.channel"

    capture_at_shipment = fields.Boolean(
        "Take Money at Shipment",
        help="When the first parcel of an order leaves, ask the shop to take what was "
        "authorised for it, once and whole; when an order is cancelled here, to let "
        "it go. An authorisation that is not taken in time expires at the gateway.",
    )

    # === STORE ===

    def _send_captures(self, kind, captures):
        """Queue captures or voids that the channel must be asked for.

        :param str kind: ``capture`` or ``void``
        :param dict captures: ``Capture`` -> its order
        """
        self.ensure_one()
        messages = self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": kind,
                    "key": wish.key,
                    "external_id": wish.order_external_id,
                    "order_id": order.id,
                    "payload": self._dump(
                        {
                            "key": wish.key,
                            "order_external_id": wish.order_external_id,
                            "authorisation": wish.authorisation,
                            "authorised": str(wish.authorised),
                            "amount": str(wish.amount),
                        }
                    ),
                }
                for wish, order in captures.items()
            ],
            direction="out",
        )
        if messages:
            self._delay_processing("out")
        return messages

    def _load_capture(self, payload):
        amounts = {key: Decimal(payload[key]) for key in ("authorised", "amount")}
        return Capture(**payload | amounts)

    # === PROCESS ===

    def _push_capture_messages(self, messages):
        """:return: {message: error or None}"""
        return self._push_money(messages, self._get_connector()._push_captures)

    def _push_void_messages(self, messages):
        """:return: {message: error or None}"""
        return self._push_money(messages, self._get_connector()._push_voids)

    def _push_money(self, messages, push):
        wishes = {m: self._load_capture(m._get_payload()) for m in messages}
        answers = push(self, list(wishes.values()))
        return {message: answers.get(wish.key) for message, wish in wishes.items()}

    def _get_told_sentence(self, message):
        """Override to tell what became of the money."""
        if message.kind not in ("capture", "void"):
            return super()._get_told_sentence(message)
        if message.kind == "void":
            return self.env._(
                "%(channel)s has let go the authorised money.", channel=self.name
            )
        amount = float(self._load_capture(message._get_payload()).amount)
        return self.env._(
            "%(channel)s has taken the authorised %(amount)s.",
            channel=self.name,
            amount=message.order_id.currency_id.format(amount),
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid
from decimal import Decimal

from odoo import models

from ..engine.documents import Cancellation, Refund


class OmsChannel(models.Model):
    """Telling the channel what was cancelled and refunded here."""

    _inherit = "oms.channel"

    # === STORE ===

    def _send_cancellations(self, orders, reason):
        """Queue whole orders that were cancelled here."""
        self.ensure_one()
        return self._send_reversals(
            "cancel",
            {
                f"cancel:{order.id}": (
                    order,
                    {
                        "order": order.oms_external_id,
                        "reason": reason,
                        "code": order.oms_cancel_reason_id.code or "",
                        "refund": order._is_oms_refunded_by_shop(),
                    },
                )
                for order in orders
            },
        )

    def _send_refunds(self, refunds):
        """Queue money that was given back here.

        :param dict refunds: ``Refund`` -> its order
        """
        self.ensure_one()
        return self._send_reversals(
            "refund",
            {
                refund.key: (order, self._dump_refund(refund))
                for refund, order in refunds.items()
            },
        )

    def _send_reversals(self, kind, payloads):
        messages = self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": kind,
                    "key": key,
                    "external_id": order.oms_external_id,
                    "order_id": order.id,
                    "payload": self._dump({"key": key} | payload),
                }
                for key, (order, payload) in payloads.items()
            ],
            direction="out",
        )
        if messages:
            self._delay_processing("out")
        return messages

    def _ask_to_cancel_units(self, orders, quantities):
        """Have a person take single units off in the shop, which no call does alike."""
        message = self.env["oms.channel.message"]
        for order in orders:
            units = [
                f"{number:g} × {line.oms_external_sku or line._get_oms_name()}"
                for line, number in quantities.items()
                if line.order_id == order
            ]
            message |= message._store(
                self,
                [
                    {
                        "kind": "cancel",
                        "key": f"cancel:{order.id}:{uuid.uuid4().hex}",
                        "external_id": order.oms_external_id,
                        "order_id": order.id,
                        "payload": self._dump({"units": units}),
                        "state": "quarantined",
                        "acts": "clerk",
                        "error": self.env._(
                            "Cancelled here: %(units)s of order %(order)s. Take them "
                            "off in the shop by hand, then skip this message.",
                            units=", ".join(units),
                            order=order.name,
                        ),
                    }
                ],
                direction="out",
            )
        return message

    def _dump_refund(self, refund):
        return {
            "order": refund.order_external_id,
            "amount": str(refund.amount),
            "lines": [[line, *map(str, values)] for line, *values in refund.lines],
            "reason": refund.reason,
            "by_gateway": refund.by_gateway,
            "restock": refund.restock,
        }

    # === PUSH ===

    def _push_cancel_messages(self, messages):
        """:return: {message: error or None}"""
        payloads = {message: message._get_payload() for message in messages}
        documents = {
            message: self._load_cancellation(payload)
            for message, payload in payloads.items()
            if "units" not in payload
        }
        connector = self._get_connector()
        answers = connector._push_cancellations(self, list(documents.values()))
        return {
            message: answers.get(documents[message].key)
            if message in documents
            else message._ask_again()
            for message in messages
        }

    def _load_cancellation(self, payload):
        return Cancellation(
            key=payload["key"],
            order_external_id=payload["order"],
            reason=payload["reason"],
            code=payload.get("code", ""),
            # Messages of former versions had no choice: the shop gave it back.
            refund=payload.get("refund", True),
        )

    def _push_refund_messages(self, messages):
        """:return: {message: error or None}"""
        documents = {m: self._load_refund(m._get_payload()) for m in messages}
        answers = self._get_connector()._push_refunds(self, list(documents.values()))
        return {m: answers.get(document.key) for m, document in documents.items()}

    def _load_refund(self, payload):
        return Refund(
            key=payload["key"],
            order_external_id=payload["order"],
            amount=Decimal(payload["amount"]),
            lines=tuple(
                (line, *map(Decimal, rest)) for line, *rest in payload["lines"]
            ),
            reason=payload["reason"],
            by_gateway=payload["by_gateway"],
            restock=payload["restock"],
        )

    def _get_told_sentence(self, message):
        """Override to tell of cancellations and refunds, too."""
        if message.kind == "cancel":
            told = (
                self.env._("%(channel)s was told of the cancellation.")
                if self._load_cancellation(message._get_payload()).refund
                else self.env._(
                    "%(channel)s was told of the cancellation, and gives nothing back."
                )
            )
            return told % {"channel": self.name}
        if message.kind == "refund":
            return self.env._(
                "%(channel)s was told of the refund of %(amount)s.",
                channel=self.name,
                amount=message.order_id.currency_id.format(
                    float(message._get_payload()["amount"])
                ),
            )
        return super()._get_told_sentence(message)

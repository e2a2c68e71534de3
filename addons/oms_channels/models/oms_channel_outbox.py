# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from decimal import Decimal

from odoo import models

from ..engine import outage
from ..engine.documents import Shipment
from ..engine.errors import Misconfigured, Retry
from .oms_channel_jobs import BATCH


class OmsChannel(models.Model):
    """The way out: a row before it is a call, done once in effect."""

    _inherit = "oms.channel"

    # === STORE ===

    def _send_shipments(self, shipments):
        """Queue parcels that the channel must be told of.

        :param dict shipments: ``Shipment`` -> its order
        """
        self.ensure_one()
        messages = self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": "shipment",
                    "key": shipment.key,
                    "external_id": shipment.order_external_id,
                    "order_id": order.id,
                    "payload": self._dump_shipment(shipment),
                }
                for shipment, order in shipments.items()
            ],
            direction="out",
        )
        if messages:
            self._delay_processing("out", len(messages))
        return messages

    def _dump_shipment(self, shipment):
        return self._dump(
            {
                "key": shipment.key,
                "order": shipment.order_external_id,
                "lines": [[line, str(quantity)] for line, quantity in shipment.lines],
                "carrier": shipment.carrier,
                "tracking": shipment.tracking,
                "tracking_url": shipment.tracking_url,
                "node": shipment.node,
            }
        )

    def _dump(self, value):
        return json.dumps(value, indent=1, ensure_ascii=False)

    def _load_shipment(self, payload):
        return Shipment(
            key=payload["key"],
            order_external_id=payload["order"],
            lines=tuple((line, Decimal(qty)) for line, qty in payload["lines"]),
            carrier=payload["carrier"],
            tracking=payload["tracking"],
            tracking_url=payload["tracking_url"],
            node=payload["node"],
        )

    # === PROCESS ===

    def _process_outbox(self):
        """Tell the channel one batch of what waits; ask for the next one after it."""
        self.ensure_one()
        if self._is_out():
            return 0
        messages = self.env["oms.channel.message"]._claim(self, "out", BATCH)
        errors = {}
        for kind, group in messages.grouped("kind").items():
            answers = self._push_safely(kind, group)
            errors |= {message: answers.get(message) for message in group}
        self._settle_outbox(messages, errors)
        if messages and not self._is_out():
            self._delay_processing("out", self._count_waiting("out"))
        return len(messages)

    def _push_shipment_messages(self, messages):
        """:return: {message: error or None}"""
        shipments = {m: self._load_shipment(m._get_payload()) for m in messages}
        answers = self._get_connector()._push_shipments(self, list(shipments.values()))
        return {m: answers.get(shipment.key) for m, shipment in shipments.items()}

    # === SETTLE ===

    def _settle_outbox(self, messages, errors):
        cause = outage.find_cause(errors.values())
        if cause:
            self._note_outage(cause, messages)
            return
        done = messages.filtered(lambda message: not errors[message])
        done._set_done()
        for message in messages - done:
            error = errors[message]
            if isinstance(error, Retry):
                message._set_failed(error, error.after)
            elif isinstance(error, Misconfigured):
                message._set_waiting(error, outage.LONGEST)
            else:
                message._set_quarantined(error)
        if messages and self.outage_since:
            self._end_outage()
        self._record_told(done)

    def _record_told(self, messages):
        self.env["oms.event"]._record(
            [
                {
                    "order": message.order_id,
                    "kind": "push",
                    "sentence": sentence,
                    "document": message,
                }
                for message in messages.filtered("order_id")
                if (sentence := self._get_told_sentence(message))
            ]
        )

    def _get_told_sentence(self, message):
        """What the order's history says of a message that the channel has taken."""
        if message.kind != "shipment":
            return ""
        return self.env._(
            "%(channel)s was told of the parcel %(tracking)s.",
            channel=self.name,
            tracking=message._get_payload()["tracking"] or message.key,
        )

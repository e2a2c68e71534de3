# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from decimal import Decimal

from odoo import models

from ..engine.documents import Shipment, StockLevel
from ..engine.errors import ChannelError, Retry

BATCH = 100


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
            self._delay_processing("out")
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
        messages = self.env["oms.channel.message"]._claim(self, "out", BATCH)
        for kind, group in messages.grouped("kind").items():
            try:
                errors = getattr(self, f"_push_{kind}_messages")(group)
            except ChannelError as error:
                errors = dict.fromkeys(group, error)
            self._settle_outbox(group, errors)
        if messages:
            self._delay_processing("out")
        return len(messages)

    def _push_shipment_messages(self, messages):
        """:return: {message: error or None}"""
        shipments = {m: self._load_shipment(m._get_payload()) for m in messages}
        answers = self._get_connector()._push_shipments(self, list(shipments.values()))
        return {m: answers.get(shipment.key) for m, shipment in shipments.items()}

    def _push_stock_messages(self, messages):
        """Only the newest figure of a SKU counts. :return: {message: error or None}"""
        levels = {}
        for message in messages:
            for row in message._get_payload():
                levels[row["sku"]] = StockLevel(**row)
        answers = self._get_connector()._push_stock(self, list(levels.values()))
        self._set_pushed(levels, answers)
        return {
            message: next(
                (
                    answers[row["sku"]]
                    for row in message._get_payload()
                    if answers.get(row["sku"])
                ),
                None,
            )
            for message in messages
        }

    def _settle_outbox(self, messages, errors):
        done = messages.filtered(lambda message: not errors.get(message))
        done._set_done()
        for message in messages - done:
            error = errors[message]
            if isinstance(error, Retry):
                message._set_failed(error, error.after)
            else:
                message._set_quarantined(error)
        told = done.filtered(lambda message: message.kind == "shipment")
        self.env["oms.event"]._record(
            [
                {
                    "order": message.order_id,
                    "kind": "push",
                    "sentence": self.env._(
                        "%(channel)s was told of the parcel %(tracking)s.",
                        channel=self.name,
                        tracking=message._get_payload()["tracking"] or message.key,
                    ),
                    "document": message,
                }
                for message in told
            ]
        )

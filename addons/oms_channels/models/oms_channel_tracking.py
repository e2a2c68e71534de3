# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from dataclasses import replace

from odoo import models

from ..engine.tracking import TrackingChange


class OmsChannel(models.Model):
    """Tracking numbers that came after their parcels had been queued, or told."""

    _inherit = "oms.channel"

    # === STORE ===

    def _send_tracking(self, pickings):
        """Have these parcels' numbers told: with the parcel if it waits, else after it.

        A parcel that has been tried before keeps its words: the shop may have it
        already, under its former number, and is found by that.
        """
        self.ensure_one()
        by_key = {f"shipment:{picking.id}": picking for picking in pickings}
        messages = self._search_outbox(("shipment",), key=list(by_key))
        fresh = messages.filtered(lambda m: m.state == "pending" and not m.error)
        # One that a worker is telling right now is told once more, after it.
        waiting = fresh.try_lock_for_update()
        for message in waiting:
            self._keep_tracking(message, by_key[message.key]._get_oms_tracking())
        if self._get_connector()._takes_tracking:
            self._queue_tracking({m: by_key[m.key] for m in messages - waiting})

    def _search_outbox(self, kinds, **values):
        """Messages out, of these kinds, whose fields have one of the values."""
        return self.env["oms.channel.message"].search(
            [
                ("channel_id", "=", self.id),
                ("direction", "=", "out"),
                ("kind", "in", kinds),
                *((name, "in", wanted) for name, wanted in values.items()),
            ]
        )

    def _keep_tracking(self, message, tracking):
        message.payload = self._dump(message._get_payload() | tracking)

    def _queue_tracking(self, pickings):
        """Store one message for each parcel and number; one that came back goes again.

        :param dict pickings: message of the parcel -> transfer
        """
        values_list = [
            {
                "kind": "tracking",
                "key": f"tracking:{picking.id}:{picking.carrier_tracking_ref}",
                "external_id": message.external_id,
                "order_id": message.order_id.id,
                "payload": self._dump(
                    {"parcel": message.key, "picking": picking.id}
                    | picking._get_oms_tracking()
                ),
            }
            for message, picking in pickings.items()
            if picking.carrier_tracking_ref
        ]
        if not values_list:
            return
        self.env["oms.channel.message"]._store(self, values_list, direction="out")
        stored = self._search_outbox(
            ("tracking",), key=[values["key"] for values in values_list]
        )
        settled = stored.filtered(lambda m: m.state not in ("pending", "failed"))
        settled.write({"state": "pending", "next_try": False, "attempts": 0})
        self._delay_processing("out", len(stored))

    # === PUSH ===

    def _push_tracking_messages(self, messages):
        """Tell the numbers of now.

        :return: {message: error or None}; None also where there is no number any more
        """
        parcels, former = self._read_parcels(messages)
        payloads = {message: message._get_payload() for message in messages}
        pickings = self.env["stock.picking"].browse(
            [payload["picking"] for payload in payloads.values()]
        )
        trackings = {p.id: p._get_oms_tracking() for p in pickings.exists()}
        changes = {}
        for message, payload in payloads.items():
            tracking = trackings.get(payload["picking"], {})
            parcel = parcels.get(payload["parcel"])
            if parcel and tracking.get("tracking"):
                changes[message] = TrackingChange(
                    message.key,
                    replace(self._load_shipment(parcel._get_payload()), **tracking),
                    tuple(sorted(former[parcel.key])),
                )
            else:
                # It was removed before it was told.
                self._keep_tracking(message, {"tracking": ""})
        answers = self._get_connector()._push_tracking(self, list(changes.values()))
        for message, change in changes.items():
            if not answers.get(change.key):
                # By what the shop has now are later parcels told from this one.
                tracking = trackings[payloads[message]["picking"]]
                self._keep_tracking(parcels[change.shipment.key], tracking)
                self._keep_tracking(message, tracking)
        return {message: answers.get(message.key) for message in messages}

    def _read_parcels(self, messages):
        """What the shop was, or may have been, told of the parcels of these orders.

        :return: ({key: message}, {key: numbers})
        """
        told = self._search_outbox(
            ("shipment", "tracking"), external_id=messages.mapped("external_id")
        )
        parcels = {m.key: m for m in told if m.kind == "shipment"}
        numbers = defaultdict(set)
        for message in told:
            payload = message._get_payload()
            key = payload["parcel"] if message.kind == "tracking" else message.key
            numbers[key].add(payload["tracking"])
        return parcels, numbers

    def _get_told_sentence(self, message):
        """Override to tell that a number followed its parcel."""
        if message.kind != "tracking":
            return super()._get_told_sentence(message)
        tracking = message._get_payload()["tracking"]
        return tracking and self.env._(
            "%(channel)s was told the tracking number %(tracking)s.",
            channel=self.name,
            tracking=tracking,
        )

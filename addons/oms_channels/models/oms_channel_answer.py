# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from decimal import Decimal

import pytz

from odoo import fields, models

from ..connectors.file import edifact_writer, x12_writer
from ..connectors.file.answers import prepare_answer
from ..connectors.file.transport import OUT
from ..engine.errors import ChannelError, Unfinished

WRITERS = {"edifact": edifact_writer, "x12": x12_writer}
NAMES = {
    ("edifact", "response"): "ORDRSP_%06d.edi",
    ("edifact", "despatch"): "DESADV_%06d.edi",
    ("x12", "response"): "855_%06d.x12",
    ("x12", "despatch"): "856_%06d.x12",
}
# An order that waits for a person is answered when it is released.
WHILE_HELD = 3600.0


class OmsChannel(models.Model):
    """Answers to business orders: files of their own, told through the outbox."""

    _inherit = "oms.channel"

    answers_files = fields.Boolean(
        "Answer Business Orders",
        help="EDIFACT orders get ORDRSP and DESADV, X12 orders 855 and 856: at the "
        "confirmation, and for each parcel. They go to the folder out, and are kept "
        "under Files.",
    )

    # === STORE ===

    def _send_responses(self, orders):
        """Queue the word about orders that were just confirmed, once for each."""
        self.ensure_one()
        stored = self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": "response",
                    "key": f"response:{order.id}",
                    "external_id": order.oms_external_id,
                    "order_id": order.id,
                    "payload": self._dump({"order": order.oms_external_id}),
                }
                for order in orders
            ],
            direction="out",
        )
        if stored:
            self._delay_processing("out")

    # === PUSH ===

    def _push_response_messages(self, messages):
        """:return: {message: error or None}"""
        held = messages.filtered(lambda message: message.order_id.oms_open_hold_ids)
        errors = {
            message: Unfinished(
                self.env._(
                    "Order %(name)s is on hold, and is answered when it is released.",
                    name=message.order_id.name,
                ),
                after=WHILE_HELD,
            )
            for message in held
        }
        wanted = [
            {
                "key": message.key,
                "order": message.order_id,
                "quantities": message.order_id._get_oms_accepted(),
            }
            for message in messages - held
        ]
        told = self._tell_files("response", wanted)
        return errors | {m: told.get(m.key) for m in messages - held}

    def _push_file_shipments(self, shipments):
        """:return: {shipment key: error or None}"""
        if not self.answers_files:
            return {shipment.key: None for shipment in shipments}
        orders = self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", self.id),
                ("oms_external_id", "in", [s.order_external_id for s in shipments]),
            ]
        )
        by_key = {order.oms_external_id: order for order in orders}
        wanted = [
            {
                "key": shipment.key,
                "order": by_key[shipment.order_external_id],
                "quantities": dict(shipment.lines),
                "carrier": shipment.carrier,
                "tracking": shipment.tracking,
            }
            for shipment in shipments
            if shipment.order_external_id in by_key
        ]
        told = self._tell_files("despatch", wanted)
        return {shipment.key: told.get(shipment.key) for shipment in shipments}

    def _tell_files(self, occasion, wanted):
        """Write and deliver answers; those that exist already are delivered again.

        :return: {key: error or None}
        """
        sources = self._get_sources([wish["order"].id for wish in wanted])
        todo = [wish for wish in wanted if wish["order"].id in sources]
        files = self._ensure_answers(occasion, todo, sources)
        return {file.key: error for file, error in self._deliver(files).items()}

    def _get_sources(self, order_ids):
        """{order: its newest document that came as a business order}"""
        messages = self.env["oms.channel.message"].search(
            [
                ("order_id", "in", order_ids),
                ("channel_id", "=", self.id),
                ("direction", "=", "in"),
                ("state", "=", "done"),
                ("kind", "=", "order"),
            ],
            order="id",
        )
        payloads = {message.order_id.id: message._get_payload() for message in messages}
        return {
            order: payload
            for order, payload in payloads.items()
            if payload.get("edi", {}).get("standard") in WRITERS
        }

    # === WRITE ===

    def _ensure_answers(self, occasion, wanted, sources):
        """The file of each answer; its number is its own, so it stays the same."""
        stored = self.env["oms.channel.file"]
        keys = [wish["key"] for wish in wanted]
        known = stored.search(
            [
                ("channel_id", "=", self.id),
                ("direction", "=", "out"),
                ("key", "in", keys),
            ]
        )
        done = set(known.mapped("key"))
        missing = [wish for wish in wanted if wish["key"] not in done]
        made = stored.create(
            [
                stored._prepare_values(self, wish["key"], wish["key"], "out")
                for wish in missing
            ]
        )
        for file, wish in zip(made, missing, strict=True):
            self._write_answer(file, occasion, wish, sources[wish["order"].id])
        return known | made

    def _write_answer(self, file, occasion, wish, payload):
        standard = payload["edi"]["standard"]
        answer = prepare_answer(
            payload,
            {key: Decimal(str(value)) for key, value in wish["quantities"].items()},
            key=self._get_answer_number(occasion, wish),
            control=file.id,
            moment=pytz.utc.localize(file.create_date),
            carrier=wish.get("carrier", ""),
            tracking=wish.get("tracking", ""),
            only_these=occasion == "despatch",
        )
        content = getattr(WRITERS[standard], f"write_{occasion}")(answer)
        file.write(
            {
                "name": NAMES[standard, occasion] % file.id,
                "kind": standard,
                "content": base64.b64encode(content),
                "size": len(content),
            }
        )

    def _get_answer_number(self, occasion, wish):
        """Our number of the document: the order's, or the order's and the parcel's."""
        if occasion == "response":
            return wish["order"].name
        return f"{wish['order'].name}-{wish['key'].rpartition(':')[2]}"

    # === DELIVER ===

    def _deliver(self, files):
        """:return: {file: error or None}"""
        if not files:
            return {}
        errors = dict.fromkeys(files)
        if self.file_source:
            try:
                with self._open_files() as place:
                    place.prepare()
                    for file in files:
                        place.put(OUT, file.name, file._get_bytes())
            except ChannelError as error:
                errors = dict.fromkeys(files, error)
        files.browse(
            [file.id for file, error in errors.items() if not error]
        ).state = "done"
        return errors

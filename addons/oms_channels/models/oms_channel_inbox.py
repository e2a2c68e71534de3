# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import logging

import psycopg2
from psycopg2.errors import SerializationFailure

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError

from odoo.addons.queue_job.exception import RetryableJobError

from ..engine import outage
from ..engine.errors import ChannelError, Rejected, Retry
from ..engine.idempotency import digest
from ..engine.results import ImportResult
from .oms_channel_jobs import BATCH
from .oms_channel_unexpected import REPEATED

_logger = logging.getLogger(__name__)

# What the importer has looked up and not found can exist only if another worker has
# made it since: that is no fault of the order, the work begins anew.
MADE_BY_ANOTHER = {
    "oms_channel_customer_key_uniq",
    "oms_channel_gateway_code_uniq",
    "oms_channel_tax_rate_uniq",
    "oms_payment_external_uniq",
    "sale_order_oms_external_uniq",
}


class OmsChannel(models.Model):
    """The way in: raw payload, stored message, mapped order, imported batch."""

    _inherit = "oms.channel"

    # === STORE ===

    def _receive_orders(self, payloads, connector=None):
        """Store raw orders that came by webhook, poll, file or API.

        :param list payloads: parsed JSON values
        :return: the messages of all of them, known ones included
        """
        self.ensure_one()
        connector = connector or self._get_connector()
        values_list = [
            self._prepare_message_values(connector, payload) for payload in payloads
        ]
        message = self.env["oms.channel.message"]
        message._store(self, values_list)
        stored = message.search(
            [
                ("channel_id", "=", self.id),
                ("direction", "=", "in"),
                ("key", "in", [values["key"] for values in values_list]),
            ]
        )
        by_key = {message.key: message for message in stored}
        return [by_key[values["key"]] for values in values_list]

    def _prepare_message_values(self, connector, payload):
        values = {
            "kind": "order",
            "key": f"order:{digest(payload)}",
            "payload": self._dump_payload(payload),
        }
        try:
            values["external_id"], values["version"] = connector._get_order_key(
                self, payload
            )
        except ChannelError as error:
            values |= {"state": "quarantined", "error": str(error), "acts": error.acts}
        return values

    def _dump_payload(self, payload):
        """The payload for people and for the mapper; half characters become marks."""
        text = json.dumps(payload, default=str, ensure_ascii=False, indent=1)
        return text.encode("utf-8", "replace").decode()

    def _receive_unreadable(self, body, error):
        """Keep a delivery that is not even JSON."""
        text = body.decode("utf-8", "replace").replace("\0", "\ufffd")
        return self.env["oms.channel.message"]._store(
            self,
            [
                {
                    "kind": "order",
                    "key": f"raw:{digest(text)}",
                    "payload": text,
                    "state": "quarantined",
                    "error": str(error),
                    "acts": error.acts,
                }
            ],
        )

    # === PROCESS ===

    def _process_inbox(self):
        """Import one batch of what waits; ask for the next ones if there are more."""
        self.ensure_one()
        self._wait_for_turn()
        messages = self.env["oms.channel.message"]._claim(self, "in", BATCH)
        try:
            self._process_messages(messages)
        except ConcurrencyError as error:
            raise RetryableJobError(str(error), seconds=1, ignore_retry=True) from error
        except SerializationFailure as error:
            self._take_turns()
            raise RetryableJobError(str(error), seconds=1, ignore_retry=True) from error
        if messages:
            self._delay_processing("in", self._count_waiting("in"))
        return len(messages)

    def _process_messages(self, messages, connector=None):
        """Map and import stored orders, in one batch.

        :return: {message: ImportResult}
        """
        connector = connector or self._get_connector()
        results, mapped, late = {}, {}, {}
        payloads = connector._refresh_orders(
            self, [self._read_payload(message) for message in messages]
        )
        for message, payload in zip(messages, payloads, strict=True):
            order, error = self._map(connector, payload)
            if order:
                mapped[message] = order
                continue
            if isinstance(error, Retry):
                late[message] = error
            else:
                message._set_quarantined(error)
            results[message] = ImportResult(
                message.external_id or "", "quarantined", 0, str(error), error.acts
            )
        self._set_late(messages, late)
        outcomes = self._import_safely(list(mapped.values()))
        for message, result in zip(mapped, outcomes, strict=True):
            results[message] = result
            if result.outcome == "quarantined":
                message._set_quarantined(Rejected(result.message, result.acts))
        self._set_messages_done(results)
        return results

    def _set_late(self, messages, late):
        """Have orders that the shop could not show wait; an outage is no attempt."""
        if len(late) == len(messages):
            for error, group in messages.grouped(late.get).items():
                group._set_waiting(error, max(error.after, outage.LONGEST))
            return
        for message, error in late.items():
            message._set_failed(error, error.after)

    def _read_payload(self, message):
        """What was stored; an error in place of what is not even JSON."""
        try:
            return message._get_payload()
        except ValueError as error:
            return Rejected(f"the body is not JSON: {error}", field="body")

    def _map(self, connector, payload):
        """:return: (order document, None) or (None, why there is none)"""
        if isinstance(payload, ChannelError):
            return None, payload
        try:
            return connector._map_order(self, payload), None
        except ChannelError as error:
            return None, error
        except (psycopg2.Error, *REPEATED):
            raise
        except Exception as error:  # noqa: BLE001 - it is logged and told
            return None, self._reject_unexpected(error, "an order cannot be read")

    def _set_messages_done(self, results):
        done = [m for m, result in results.items() if result.outcome != "quarantined"]
        messages = self.env["oms.channel.message"].union(*done)
        messages._set_done()
        for message in done:
            message.order_id = results[message].order_id
        messages._skip_overtaken()

    def _import_safely(self, orders):
        """Import a batch; if it fails as a whole, each order alone.

        One order that some constraint refuses does not take the others with it.
        """
        if not orders:
            return []
        importer = self.env["oms.order.importer"]
        try:
            with self.env.cr.savepoint():
                return importer._import(self, orders)
        except REPEATED:
            raise
        except Exception as error:  # noqa: BLE001 - it is logged and told
            self._check_race(error)
            if len(orders) == 1:
                return [self._refuse(orders[0], error)]
            _logger.info(
                "channel %s: a batch of %s orders was refused, trying halves: %s",
                self.code,
                len(orders),
                error,
            )
        self.env.invalidate_all()
        half = len(orders) // 2
        return self._import_safely(orders[:half]) + self._import_safely(orders[half:])

    def _check_race(self, error):
        """Begin anew if another worker has just made what this one was making.

        :raise ConcurrencyError: calls and jobs are repeated by whoever runs them
        """
        if not isinstance(error, psycopg2.IntegrityError):
            return
        name = error.diag.constraint_name
        if name in MADE_BY_ANOTHER:
            raise ConcurrencyError(f"another worker was first: {name}") from error

    def _refuse(self, order, error):
        acts = "clerk"
        if isinstance(error, psycopg2.IntegrityError):
            sentence = self.env._(
                "the database refused it: %(error)s", error=error.diag.message_primary
            )
        elif isinstance(error, UserError):
            sentence = str(error)
        else:
            rejected = self._reject_unexpected(error, f"order {order.external_id}")
            sentence, acts = str(rejected), rejected.acts
        return ImportResult(
            order.external_id,
            "quarantined",
            0,
            self.env._(
                "Order %(number)s could not be imported: %(error)s",
                number=order.number,
                error=sentence,
            ),
            acts,
        )

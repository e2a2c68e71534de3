# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tools import mute_logger

from .test_connector_file import ORDER
from .test_file_upload import FileCommon
from .test_oms_channel_jobs import JobsCommon

LOGGER = "odoo.addons.oms_channels.models.oms_channel_unexpected"


class TestUnexpectedOnTheWayIn(FileCommon):
    """An addon of somebody else fails on one order of a batch."""

    def setUp(self):
        super().setUp()
        payments = [ORDER["payments"][0] | {"external_id": f"p{n}"} for n in range(3)]
        self.messages = self.env["oms.channel.message"].union(
            *self.channel._receive_orders(
                [
                    ORDER | {"external_id": f"F-{n}", "payments": [payments[n]]}
                    for n in range(3)
                ]
            )
        )

    def _process(self, model, method, error=TypeError):
        """Process the messages; one order makes a method fail."""
        kind = type(self.env[model])
        original = getattr(kind, method)

        def fail(records, channel, document):
            documents = document if isinstance(document, list) else [document]
            if "F-1" in str(documents):
                raise error("None and float")
            return original(records, channel, document)

        with patch.object(kind, method, fail), mute_logger(LOGGER):
            self.channel._process_messages(self.messages)

    def _get_states(self):
        return [message.state for message in self.messages]

    def test_order_that_fails_while_it_is_imported_leaves_the_others(self):
        self._process("oms.order.importer", "_import")
        self.assertEqual(self._get_states(), ["done", "quarantined", "done"])

    def test_order_that_fails_while_it_is_read_leaves_the_others(self):
        self._process("oms.connector.file", "_map_order")
        self.assertEqual(self._get_states(), ["done", "quarantined", "done"])

    def test_administrator_is_told_in_words_where_to_look(self):
        self._process("oms.order.importer", "_import")
        message = self.messages[1]
        self.assertEqual(message.acts, "administrator")
        self.assertRegex(message.error, r"foreseen \(TypeError\).*server's log")

    def test_trying_again_imports_it(self):
        self._process("oms.order.importer", "_import")
        self.messages[1].action_retry()
        self.channel._process_inbox()
        self.assertEqual(self.messages[1].state, "done")

    def test_database_that_is_busy_is_nobodys_fault(self):
        with self.assertRaises(SerializationFailure):
            self._process("oms.order.importer", "_import", SerializationFailure)


class TestUnexpectedOnTheWayOut(JobsCommon):
    def setUp(self):
        super().setUp()
        self.messages = self._store("A", "B", "C", direction="out")
        self.messages.kind = "close"
        self.told = []

    def _process(self, error=TypeError):
        def tell(_channel, messages):
            if "B" in messages.mapped("external_id"):
                raise error("None and float")
            self.told += messages.mapped("external_id")
            return dict.fromkeys(messages)

        kind = type(self.channel)
        with patch.object(kind, "_push_close_messages", tell), mute_logger(LOGGER):
            self.channel._process_outbox()

    def test_message_that_fails_leaves_the_others(self):
        self._process()
        states = [message.state for message in self.messages]
        self.assertEqual(states, ["done", "quarantined", "done"])

    def test_each_of_the_others_is_told(self):
        self._process()
        self.assertEqual(self.told, ["A", "C"])

    def test_database_that_is_busy_is_nobodys_fault(self):
        with self.assertRaises(SerializationFailure):
            self._process(SerializationFailure)

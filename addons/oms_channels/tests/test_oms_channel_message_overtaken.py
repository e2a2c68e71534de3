# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .test_connector_file import ORDER
from .test_file_upload import FileCommon


class TestOmsChannelMessageOvertaken(FileCommon):
    """An order that could not be read, and a later word of its shop that could."""

    def _receive(self, version, **values):
        """:return: the message, processed"""
        [message] = self.channel._receive_orders(
            [ORDER | values | {"version": version}]
        )
        self.channel._process_messages(message)
        return message

    def _receive_bad(self, version):
        message = self._receive(version, currency="ZZZ")
        self.assertEqual(message.state, "quarantined")
        return message

    def test_older_version_waits_for_nobody(self):
        old = self._receive_bad("2026-01-02T10:00:00Z")
        self._receive("2026-01-02T10:00:05Z")
        self.assertEqual(old.state, "skipped")
        self.assertIn("arrived by a later message", old.message_ids[0].body)

    def test_same_version_that_came_another_way_is_enough(self):
        old = self._receive_bad("2026-01-02T10:00:00Z")
        self._receive("2026-01-02T10:00:00Z")
        self.assertEqual(old.state, "skipped")

    def test_newer_version_goes_on_waiting(self):
        new = self._receive_bad("2026-01-02T10:00:05Z")
        self._receive("2026-01-02T10:00:00Z")
        self.assertEqual(new.state, "quarantined")

    def test_other_order_goes_on_waiting(self):
        other = self._receive_bad("2026-01-02T10:00:00Z")
        self._receive("2026-01-02T10:00:05Z", external_id="F-2", number="F-2")
        self.assertEqual(other.state, "quarantined")

    def test_version_that_failed_too_helps_nobody(self):
        old = self._receive_bad("2026-01-02T10:00:00Z")
        self._receive_bad("2026-01-02T10:00:05Z")
        self.assertEqual(old.state, "quarantined")

    def test_order_of_the_same_name_in_another_channel_goes_on_waiting(self):
        old = self._receive_bad("2026-01-02T10:00:00Z")
        self.channel = self.channel.copy({"code": "test_other", "name": "Other"})
        self._receive("2026-01-02T10:00:05Z")
        self.assertEqual(old.state, "quarantined")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ChannelCommon


class TestOmsChannelFlow(ChannelCommon):
    def _store(self, state, number):
        return self.env["oms.channel.message"]._store(
            self.channel,
            [{"kind": "order", "key": f"{state}-{number}", "state": state}],
        )

    def test_messages_that_wait_are_counted(self):
        self._store("pending", 1)
        self._store("failed", 1)
        self._store("done", 1)
        self.assertEqual(self.channel.waiting_count, 2)

    def test_messages_that_need_a_person_are_counted_apart(self):
        self._store("quarantined", 1)
        self._store("dead", 1)
        self.assertEqual((self.channel.waiting_count, self.channel.stuck_count), (0, 2))

    def test_link_opens_the_failed_messages(self):
        stuck = self._store("quarantined", 1)
        self._store("done", 1)
        domain = self.channel.action_view_stuck_messages()["domain"]
        self.assertEqual(self.env["oms.channel.message"].search(domain), stuck)

    def test_newest_delivery_is_told(self):
        message = self._store("done", 1)
        self.assertEqual(self.channel.last_in, message.create_date)

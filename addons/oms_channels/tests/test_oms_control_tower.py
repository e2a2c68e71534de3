# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields

from odoo.addons.oms_core.tests.common import OmsCommon


class TestControlTower(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("test_tower_channels", "oms_core.group_oms_user")

    def _create_message(self, state, channel=None):
        channel = channel or self.channel
        return self.env["oms.channel.message"].create(
            {
                "channel_id": channel.id,
                "company_id": channel.company_id.id,
                "direction": "in",
                "kind": "order",
                "key": f"key of {state}",
                "state": state,
            }
        )

    def _get_tile(self, code="failed_messages"):
        self.env.flush_all()
        tower = self.env["oms.control.tower"].with_user(self.user)
        tiles = tower.get_page({"channel": self.channel.id})["tiles"]
        return next(tile for tile in tiles if tile["code"] == code)

    def _get_note(self, code):
        return next(note for note in self._get_tile()["notes"] if note["code"] == code)

    def test_message_that_needs_a_person_has_failed(self):
        for state in ("quarantined", "dead", "done", "pending", "failed", "skipped"):
            self._create_message(state)
        self.assertEqual(self._get_tile()["count"], 2)

    def test_message_of_another_channel_is_left_out(self):
        other = self.env["oms.channel"].create({"name": "Other", "code": "other_shop"})
        self._create_message("dead", other)
        self.assertEqual(self._get_tile()["count"], 0)

    def test_order_of_a_channel_that_sells_on_account_is_not_unpaid(self):
        self._ship(self._create_order())
        before = self._get_tile("unpaid")["count"]
        self.channel.sells_on_account = True
        self.assertEqual((before, self._get_tile("unpaid")["count"]), (1, 0))

    def test_order_on_account_is_not_unpaid(self):
        self._ship(self._create_order(oms_on_account=True))
        self.assertEqual(self._get_tile("unpaid")["count"], 0)

    def test_lag_is_what_waits_since_the_oldest(self):
        since = fields.Datetime.now() - timedelta(hours=2)
        for state in ("pending", "failed", "done"):
            message = self._create_message(state)
            message.flush_recordset()
            self.env.cr.execute(
                "UPDATE oms_channel_message SET create_date = %s WHERE id = %s",
                (since, message.id),
            )
            since += timedelta(minutes=5)
        note = self._get_note("lag")
        oldest = fields.Datetime.now() - fields.Datetime.to_datetime(note["oldest"])
        self.assertEqual((note["count"], round(oldest.seconds / 3600)), (2, 2))

    def test_channel_that_cannot_be_read_is_told(self):
        self.channel.write({"fetch_orders": True, "last_error": "401 Unauthorized"})
        self.assertEqual(self._get_note("silent")["count"], 1)

    def test_failed_messages_are_those_behind_the_link(self):
        self._create_message("dead")
        link = self._get_tile()["link"]
        messages = self.env[link["model"]].with_user(self.user).search(link["domain"])
        self.assertEqual(messages.mapped("state"), ["dead"])

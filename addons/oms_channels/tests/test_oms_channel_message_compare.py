# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ChannelCommon


class TestOmsChannelMessageCompare(ChannelCommon):
    """Versions of one order side by side."""

    def setUp(self):
        super().setUp()
        self.channel.platform = "file"

    def _receive(self, version="1", external_id="7001", quantity="2", **values):
        line = {"sku": "TEST-MUG", "name": "Mug", "unit_price": "10.00"}
        payload = {
            "external_id": external_id,
            "version": version,
            "placed_at": "2026-01-02T03:04:05Z",
            "currency": "USD",
            "lines": [{**line, "external_id": "a", "quantity": quantity}],
            **values,
        }
        (message,) = self.channel._receive_orders([payload])
        return message

    def test_first_version_has_none_before_it(self):
        self.assertFalse(self._receive().previous_id)

    def test_version_before_is_the_next_older_one_whatever_came_first(self):
        third, first, second = map(self._receive, "312")
        self.assertEqual((third.previous_id, second.previous_id), (second, first))

    def test_versions_of_other_orders_do_not_count(self):
        self._receive(external_id="7002")
        self.assertFalse(self._receive("2").previous_id)

    def test_change_is_shown_in_words_and_as_it_was_sent(self):
        self._receive()
        comparison = self._receive("2", quantity="3").comparison
        for part in ("Quantity of Mug", "lines[a].quantity"):
            self.assertIn(part, comparison)

    def test_text_of_the_shop_is_shown_as_text(self):
        self._receive()
        comparison = self._receive("2", note="<script>alert(1)</script>").comparison
        self.assertNotIn("<script>", comparison)

    def test_version_that_cannot_be_read_says_why(self):
        self._receive()
        comparison = self._receive("2", quantity="many").comparison
        self.assertIn("lines[0].quantity is not a number", comparison)

    def test_comparing_hundred_versions_needs_as_many_queries_as_ten(self):
        keys = [str(number) for number in range(110)]
        for version in "12":
            for key in keys:
                self._receive(version, key)
        newest = self.channel.message_ids.filtered(lambda m: m.version == "2")

        def count(messages):
            messages = messages.browse(messages.ids)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            messages.mapped("comparison")
            return self.env.cr.sql_log_count - before

        count(newest[:10])
        self.assertEqual(count(newest[:10]), count(newest[10:]))

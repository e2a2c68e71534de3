# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a connector promises about asking a shop: nothing is lost for good."""

from datetime import datetime
from unittest.mock import patch

from odoo.addons.oms_channels.engine.errors import Retry

EVER = datetime.fromisoformat("2000-01-01T00:00:00")


class Killed(BaseException):
    """Nobody catches this: what is done so far is all there is."""


class PollingContract:
    """A part of ``ShopContract``: clocks, crashes, comparing, webhooks given up."""

    new_token = ""  # other credentials of a valid form

    def list_webhooks(self):
        """The topics that the shop sends."""
        raise NotImplementedError

    def lose_webhooks(self):
        """The shop gives its webhooks up, as after failures in a row."""
        raise NotImplementedError

    def set_clock(self, seconds):
        """The shop's clock is so much ahead of ours from now on."""
        self.shop.store.clock.offset = seconds

    def compare(self):
        return self.channel._reconcile(EVER)

    # === TESTS ===

    def test_orders_are_found_by_the_clock_of_the_shop(self):
        for seconds in (-720, 720):
            with self.subTest(seconds):
                self.set_clock(seconds)
                self.channel.fetched_until = False
                before = {str(self.place())}
                self.fetch()
                later = str(self.place())
                found = set(self.fetch().mapped("oms_external_id"))
                self.assertLessEqual(before | {later}, found)

    def test_fetch_that_is_killed_between_two_pages_is_done_again(self):
        self.shrink_pages()
        numbers = sorted(str(self.place()) for _turn in range(7))
        with self.assertRaises(Killed), self.env.cr.savepoint():
            self._fetch_one_page(Killed())
        found = sorted(self.fetch().mapped("oms_external_id"))
        self.assertEqual(found, numbers)

    def test_fetch_that_fails_between_two_pages_keeps_what_it_has(self):
        self.shrink_pages()
        numbers = sorted(str(self.place()) for _turn in range(7))
        self._fetch_one_page(Retry("the shop is gone"))
        self.assertTrue(self.channel.message_ids)
        self.assertFalse(self.channel.fetched_until)
        found = sorted(self.fetch().mapped("oms_external_id"))
        self.assertEqual(found, numbers)

    def _fetch_one_page(self, error):
        """Instead of the second one comes an error."""
        connector = type(self.channel._get_connector())
        read = connector._fetch_orders

        def read_once(connector, channel, since, cursor=None):
            if cursor:
                raise error
            return read(connector, channel, since, cursor)

        with patch.object(connector, "_fetch_orders", read_once):
            self.channel._fetch()

    def test_order_of_any_age_that_was_lost_is_found_by_comparing(self):
        self.set_clock(-400 * 86400)
        number = str(self.place())
        self.set_clock(0)
        self.assertFalse(self.fetch())
        self.assertEqual(self.compare(), 1)
        self.assertEqual(self.channel.reconciled_found, 1)
        while self.channel._process_inbox():
            pass
        self.assertEqual(self.list_fetched().oms_external_id, number)

    def test_comparing_again_finds_nothing(self):
        self.place()
        self.compare()
        self.compare()
        self.assertEqual(self.channel.reconciled_found, 0)

    def test_webhooks_that_the_shop_has_given_up_are_active_again(self):
        for name, read in (("poll", self.fetch), ("comparison", self.compare)):
            with self.subTest(name):
                self.channel._register_webhooks()
                wanted = self.list_webhooks()
                self.lose_webhooks()
                self.assertFalse(self.list_webhooks())
                read()
                self.assertEqual(self.list_webhooks(), wanted)
                self.assertIn("active again", self.channel.webhooks_report)

    def test_renewed_credentials_bring_what_was_missed(self):
        number = str(self.place())
        self.shop.set_token(self.new_token)
        self.assertFalse(self.fetch())
        self.assertTrue(self.channel.last_error)
        self.channel.api_token = self.new_token
        self.assertEqual(self.fetch().oms_external_id, number)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from odoo.addons.queue_job.tests.common import trap_jobs

from ..engine.errors import Rejected
from .test_oms_channel_jobs import JobsCommon


class TestOmsChannelMessageSkip(JobsCommon):
    def setUp(self):
        super().setUp()
        self.first, self.second = self._store("A", "A")

    def _skip(self, messages, reason="a test order"):
        action = messages.action_skip()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        return wizard.create({"reason": reason}).action_skip()

    def test_dialog_opens_with_the_messages(self):
        action = (self.first + self.second).action_skip()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard) as form:
            self.assertEqual(form.selected_count, 2)
            form.reason = "a test order"

    def test_reason_is_required(self):
        action = self.first.action_skip()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            Form(wizard).save()

    def test_reason_is_in_the_log_of_the_message(self):
        self._skip(self.first, "agreed with <sales>")
        self.assertIn("agreed with &lt;sales&gt;", self.first.message_ids[0].body)

    def test_skipped_message_waits_for_nobody(self):
        self.first._set_quarantined(Rejected("wrong"))
        self._skip(self.first)
        self.assertEqual((self.first.state, self.first.acts), ("skipped", False))

    def test_later_message_of_the_order_goes_on(self):
        self._skip(self.first)
        self.assertEqual(self._claim(), self.second)

    def test_trying_again_undoes_it(self):
        self._skip(self.first)
        self.first.action_retry()
        self.assertEqual(self.first.state, "pending")

    def test_undoing_is_in_the_log(self):
        self._skip(self.first)
        self.first.action_retry()
        self.assertIn("tried again", self.first.message_ids[0].body)

    def test_message_that_is_done_is_not_skipped(self):
        self.second._set_done()
        with self.assertRaisesRegex(UserError, "Message A is done"):
            (self.first + self.second).action_skip()

    def test_who_may_only_read_skips_nothing(self):
        clerk = self._create_user("reader", "oms_core.group_oms_user")
        with self.assertRaises(AccessError):
            self.first.with_user(clerk).action_skip()

    def test_result_of_trying_many_again_is_told(self):
        messages = self._store(*map(str, range(5)))
        messages._set_quarantined(Rejected("wrong"))
        messages[0]._set_done()
        with trap_jobs():
            action = messages.action_retry()
        self.assertIn("4 will be tried again", action["params"]["message"])
        self.assertIn("1 are done", action["params"]["message"])

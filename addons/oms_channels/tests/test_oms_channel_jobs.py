# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import nullcontext, suppress
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import freeze_time

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..engine.errors import Misconfigured, Retry
from ..models.oms_channel_jobs import BATCH, LANES
from ..models.oms_channel_turn import LASTS, TURN
from .common import ChannelCommon


class JobsCommon(ChannelCommon):
    def _store(self, *external_ids, direction="in"):
        known = self.env["oms.channel.message"].search_count([])
        return self.env["oms.channel.message"]._store(
            self.channel,
            [
                {
                    "kind": "order",
                    "key": f"{known + n}",
                    "external_id": external_id,
                    "payload": "{}",
                }
                for n, external_id in enumerate(external_ids)
            ],
            direction,
        )

    def _claim(self, direction="in"):
        return self.env["oms.channel.message"]._claim(self.channel, direction)


class TestOmsChannelJobs(JobsCommon):
    def _count_jobs(self, direction, waiting):
        with trap_jobs() as trap:
            self.channel._delay_processing(direction, waiting)
        return len(trap.enqueued_jobs)

    # === HOW MANY ===

    def test_one_batch_is_one_job(self):
        self.assertEqual(self._count_jobs("in", BATCH), 1)

    def test_more_than_a_batch_is_shared_by_jobs(self):
        self.assertEqual(self._count_jobs("in", BATCH + 1), 2)

    def test_a_flood_takes_no_more_than_its_lanes(self):
        self.assertEqual(self._count_jobs("in", 100 * BATCH), LANES)

    def test_a_shop_that_is_out_is_asked_by_one(self):
        self.channel.outage_since = fields.Datetime.now()
        self.assertEqual(self._count_jobs("out", 100 * BATCH), 1)

    def test_what_is_not_due_needs_no_job(self):
        self._store("1", "2")._set_waiting(Retry("not yet"), 600)
        self.assertEqual(self.channel._count_waiting("in"), 0)

    # === NOTHING IS LEFT BEHIND ===

    def _get_jobs(self, state):
        return self.env["queue.job"].search(
            [
                ("identity_key", "=", f"oms:_process_inbox:{self.channel.id}:0"),
                ("state", "=", state),
            ]
        )

    def _commit(self):
        """What happens after a commit, in the one transaction that tests have."""
        opened = nullcontext(self.env.cr)
        with patch.object(type(self.registry), "cursor", lambda _registry: opened):
            self.env.cr.postcommit.run()

    def test_job_that_has_begun_meanwhile_is_not_relied_on(self):
        self.channel._delay_processing("in")
        others = self._get_jobs("pending")
        # We store while the job waits, and it begins before we have committed.
        self.channel._delay_processing("in")
        others.state = "started"
        self._commit()
        self.assertEqual(len(self._get_jobs("pending")), 1)

    def test_job_that_still_waits_is_enough(self):
        self.channel._delay_processing("in")
        self.channel._delay_processing("in")
        self._commit()
        self.assertEqual(len(self._get_jobs("pending")), 1)

    def test_a_new_job_needs_no_second_look(self):
        self.env.cr.postcommit.clear()
        self.channel._delay_processing("in")
        self.assertNotIn("oms_channels.waiting", self.env.cr.postcommit.data)

    def test_cron_finds_what_no_job_has_taken(self):
        messages = self._store("1", "2")
        long_ago = fields.Datetime.now() - timedelta(minutes=2)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE oms_channel_message SET create_date = %s WHERE id = ANY(%s)",
            [long_ago, messages.ids],
        )
        with trap_jobs() as trap:
            self.env["oms.channel"]._cron_process_messages()
        jobs = [job for job in trap.enqueued_jobs if job.recordset == self.channel]
        self.assertEqual(len(jobs), 1)


class TestOrderOfEffects(JobsCommon):
    def test_of_one_order_only_the_first_is_taken(self):
        first, _second, other = self._store("A", "A", "B")
        self.assertEqual(self._claim(), first + other)

    def test_later_one_waits_for_one_that_is_tried_again(self):
        first, _second = self._store("A", "A")
        first._set_failed(Retry("not now"))
        self.assertFalse(self._claim())

    def test_later_one_waits_for_a_person_to_mend_a_setting(self):
        first, _second = self._store("A", "A", direction="out")
        first._set_waiting(Misconfigured("no permission"), 600)
        self.assertFalse(self._claim("out"))

    def test_later_one_goes_on_when_the_first_is_settled(self):
        first, second = self._store("A", "A")
        first._set_done()
        self.assertEqual(self._claim(), second)

    def test_messages_without_a_key_do_not_wait_for_each_other(self):
        messages = self._store(None, None)
        self.assertEqual(self._claim(), messages)


class TestTurns(JobsCommon):
    def setUp(self):
        super().setUp()
        self.channel.platform = "file"
        self._store("A")

    def _hinder(self):
        """Another job has taken what this one wanted."""
        refusal = patch.object(
            type(self.channel), "_process_messages", side_effect=SerializationFailure()
        )
        opened = nullcontext(self.env.cr)
        cursor = patch.object(type(self.registry), "cursor", lambda _registry: opened)
        with refusal, cursor, suppress(RetryableJobError):
            self.channel._process_inbox()
        self.channel.invalidate_recordset()

    def _work_elsewhere(self):
        """Another job is at work."""
        elsewhere = self.enterContext(self.registry.cursor())
        elsewhere.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, %s)", [TURN, self.channel.id]
        )

    def test_jobs_that_hinder_each_other_take_turns(self):
        self._hinder()
        self.assertTrue(self.channel._is_in_turn())

    def test_in_turn_one_job_is_asked_for(self):
        self._hinder()
        self.assertEqual(self.channel._count_lanes("in", 100 * BATCH), 1)

    def test_in_turn_a_job_comes_back_when_the_other_is_done(self):
        self._hinder()
        self._work_elsewhere()
        with self.assertRaisesRegex(RetryableJobError, "another job imports"):
            self.channel._process_inbox()

    def test_jobs_work_side_by_side(self):
        self._work_elsewhere()
        self.assertEqual(self.channel._process_inbox(), 1)

    def test_turns_end(self):
        self._hinder()
        with freeze_time(fields.Datetime.now() + LASTS + timedelta(seconds=1)):
            self.assertFalse(self.channel._is_in_turn())

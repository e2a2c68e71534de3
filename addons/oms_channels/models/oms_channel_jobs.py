# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta
from functools import partial

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models

_logger = logging.getLogger(__name__)

BATCH = 100
# So many jobs of a channel may wait for a worker; how many run at a time is for the
# job queue to say.
LANES = 4
# A job whose worker dies, by an update of the server or for want of memory, begins
# anew. That is no fault of its own, unless it happens again and again.
MOST_DEATHS = 50
METHODS = {"in": "_process_inbox", "out": "_process_outbox"}


class OmsChannel(models.Model):
    """Which jobs process what waits.

    Jobs of one channel run side by side: what one has claimed the others step around,
    together with all later messages of the same orders.
    """

    _inherit = "oms.channel"

    # === BUSINESS ===

    def _delay_processing(self, direction="in", waiting=1):
        """Have the waiting messages processed by jobs, one for each batch of them.

        :param int waiting: how many messages wait, as far as is known
        """
        # Whoever ships or refunds need not be allowed to write messages and channels:
        # what has been queued is the system's work.
        for channel in self.sudo() if direction == "out" else self:  # see above
            lanes = range(channel._count_lanes(direction, waiting))
            are_new = [channel._delay_lane(direction, lane) for lane in lanes]
            if not all(are_new):
                channel._look_again_after_commit(direction)

    def _count_lanes(self, direction, waiting):
        if direction == "out" and self.outage_since:
            # Whether the shop answers again is for one to find out.
            return 1
        if direction == "in" and self._is_in_turn():
            return 1
        return max(1, min(-(-waiting // BATCH), LANES))

    def _delay_lane(self, direction, lane):
        """Ask for one job.

        :return: whether it is new, and will begin after this transaction
        """
        method = METHODS[direction]
        delayed = self.with_delay(
            identity_key=f"oms:{method}:{self.id}:{lane}",
            description=f"OMS: {self.name}: {method.strip('_')}",
            channel="root.oms",
            max_retries=MOST_DEATHS,
        )
        job = getattr(delayed, method)()
        # The record of a job is one that somebody else has asked for.
        return not isinstance(job, models.BaseModel)

    def _look_again_after_commit(self, direction):
        """Do not rely on a job that may begin, and end, before we have committed.

        It would not see our messages. If it is not waiting any more then, there has
        to be another one.
        """
        callbacks = self.env.cr.postcommit
        if "oms_channels.waiting" not in callbacks.data:
            callbacks.data["oms_channels.waiting"] = waiting = set()
            callbacks.add(partial(_look_again, self.env.registry, waiting))
        callbacks.data["oms_channels.waiting"].add((self.id, direction))

    def _count_waiting(self, direction):
        """How many messages are due, as far as it matters for the number of jobs."""
        domain = self.env["oms.channel.message"]._get_due_domain()
        return self.env["oms.channel.message"].search_count(
            [("channel_id", "=", self.id), ("direction", "=", direction), *domain],
            limit=LANES * BATCH,
        )

    # === CRON ===

    @api.model
    def _cron_process_messages(self):
        """Process what no job has processed: the safety net under the job queue."""
        due = self.env["oms.channel.message"]._read_group(
            [
                *self.env["oms.channel.message"]._get_due_domain(),
                ("create_date", "<=", fields.Datetime.now() - timedelta(seconds=30)),
            ],
            ["channel_id", "direction"],
            ["__count"],
        )
        for channel, direction, count in due:
            channel._delay_processing(direction, count)


def _look_again(registry, waiting):
    """Ask for the jobs that are not waiting any more, in a transaction of its own."""
    try:
        with registry.cursor() as cr:
            channels = api.Environment(cr, SUPERUSER_ID, {})["oms.channel"]
            for channel_id, direction in sorted(waiting):
                channels.browse(channel_id)._delay_lane(direction, 0)
    except psycopg2.Error as error:
        # What was done is committed; the cron finds it, a minute later.
        _logger.info("messages wait for the next round: %s", error)

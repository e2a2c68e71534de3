# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

LASTS = timedelta(minutes=10)
# The first half of the lock's key: whose locks these are.
TURN = 0x0A5


class OmsChannel(models.Model):
    """When jobs of a channel hinder each other, they take turns.

    Two batches that want the same product from the same warehouse cannot both take it:
    the database refuses the second, and its work is done anew. Where orders seldom
    share a product that never happens; where all of them want the best seller, jobs
    side by side would do most of their work twice.
    """

    _inherit = "oms.channel"

    in_turn_until = fields.Datetime(
        "Jobs Take Turns Until",
        readonly=True,
        copy=False,
        help="Orders that several jobs imported wanted the same goods. Until this "
        "moment, one job at a time imports the orders of this channel.",
    )

    # === BUSINESS ===

    def _is_in_turn(self):
        self.ensure_one()
        return bool(self.in_turn_until and self.in_turn_until > fields.Datetime.now())

    def _wait_for_turn(self):
        """Be at work until this transaction ends; alone, where jobs take turns.

        :raise RetryableJobError: to come back in a second, and leave the worker to
            others until then
        """
        kind = "" if self._is_in_turn() else "_shared"
        lock = SQL.identifier(f"pg_try_advisory_xact_lock{kind}")
        turn = SQL("SELECT %s(%s, %s)", lock, TURN, self.id)
        ((has_turn,),) = self.env.execute_query(turn)
        if not has_turn:
            raise RetryableJobError(
                f"another job imports orders of channel {self.code}",
                seconds=1,
                ignore_retry=True,
            )

    def _take_turns(self):
        """From now on for a while; said in a transaction of its own.

        Ours is of no use any more, and the jobs that begin next shall know it.
        """
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    # Who holds the row is not waited for: it may be ourselves.
                    "UPDATE oms_channel SET in_turn_until = %s WHERE id IN (SELECT "
                    "id FROM oms_channel WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)",
                    fields.Datetime.now() + LASTS,
                    self.id,
                )
            )

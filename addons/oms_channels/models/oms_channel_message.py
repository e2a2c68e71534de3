# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import logging
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import backoff

_logger = logging.getLogger(__name__)

ACTS = [
    ("machine", "Nobody: it tries again by itself"),
    ("channel", "The channel"),
    ("administrator", "An administrator"),
    ("clerk", "A clerk"),
]
RETRIED = ("failed", "quarantined", "dead", "skipped")


class OmsChannelMessage(models.Model):
    """Inbox and outbox: what a channel said, and what it must be told.

    Stored before anything interprets it, once per key; the state tells how far it
    has come, and every refusal is a sentence with somebody who acts.
    """

    _name = "oms.channel.message"
    _inherit = "mail.thread"
    _description = "Channel Message"
    _order = "id desc"
    _rec_name = "key"
    _rec_names_search = ["external_id", "key"]

    channel_id = fields.Many2one(
        "oms.channel", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    direction = fields.Selection(
        [("in", "From the channel"), ("out", "To the channel")],
        required=True,
        readonly=True,
    )
    kind = fields.Selection(
        [
            ("order", "Order"),
            ("shipment", "Shipment"),
            ("stock", "Stock"),
            ("price", "Price"),
            ("cancel", "Cancellation"),
            ("refund", "Refund"),
        ],
        required=True,
        readonly=True,
    )
    key = fields.Char(
        required=True,
        readonly=True,
        help="The same for the same content: a repetition is recognised by it.",
    )
    external_id = fields.Char(readonly=True, index="btree_not_null")
    version = fields.Char(readonly=True)
    payload = fields.Text(readonly=True)
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("done", "Done"),
            ("failed", "Tries again"),
            ("quarantined", "Quarantined"),
            ("dead", "Given up"),
            ("skipped", "Skipped"),
        ],
        default="pending",
        required=True,
        readonly=True,
    )
    error = fields.Text("What is wrong", readonly=True)
    acts = fields.Selection(ACTS, string="Who acts", readonly=True)
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True)
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    done_at = fields.Datetime(readonly=True)

    # A repeated delivery is the same row, whatever number of workers got it.
    _key_uniq = models.Constraint(
        "UNIQUE(channel_id, direction, key)", "This message is stored already."
    )
    # What waits is looked up all the time; what is done is not.
    _open_idx = models.Index(
        "(channel_id, direction, id) WHERE state IN ('pending', 'failed')"
    )
    _attention_idx = models.Index("(state) WHERE state IN ('quarantined', 'dead')")

    # === COMPUTE ===

    @api.depends("kind", "external_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for message in self:
            number = message.external_id or message.key
            message.display_name = f"{kinds.get(message.kind, '')} {number}".strip()

    # === STORE ===

    @api.model
    def _store(self, channel, values_list, direction="in"):
        """Store messages whose key is new; the others are left as they are.

        :param list values_list: dicts with ``kind``, ``key`` and any other field
        :return: the messages that were new
        """
        if not values_list:
            return self
        columns = (
            *("channel_id", "company_id", "direction", "kind", "key", "external_id"),
            *("version", "payload", "state", "error", "acts", "order_id", "attempts"),
            *("create_uid", "create_date", "write_uid", "write_date"),
        )
        common = {
            "channel_id": channel.id,
            "company_id": channel.company_id.id,
            "direction": direction,
            "state": "pending",
            "attempts": 0,
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": fields.Datetime.now(),
            "write_date": fields.Datetime.now(),
        }
        rows = [
            tuple((common | values).get(column) for column in columns)
            for values in values_list
        ]
        # The ORM knows no "on conflict": without it, the second of two workers
        # that store the same delivery would fail instead of finding it there.
        self.env.cr.execute(
            SQL(
                "INSERT INTO oms_channel_message (%s) VALUES %s "
                "ON CONFLICT (channel_id, direction, key) DO NOTHING RETURNING id",
                SQL(", ").join(SQL.identifier(column) for column in columns),
                SQL(", ").join(SQL("%s", row) for row in rows),
            ),
            # Two workers with the same content are no error: the second starts anew.
            log_exceptions=False,
        )
        new = self.browse([row[0] for row in self.env.cr.fetchall()])
        # The ORM has not seen them come.
        channel.invalidate_recordset(["message_ids"], flush=False)
        self.env["sale.order"].invalidate_model(["oms_message_ids"], flush=False)
        return new

    @api.model
    def _get_due_domain(self):
        """Messages whose turn it is, as far as time tells."""
        now = fields.Datetime.now()
        is_due = ["|", ("next_try", "=", False), ("next_try", "<=", now)]
        return [("state", "in", ("pending", "failed")), *is_due]

    @api.model
    def _claim(self, channel, direction, limit=100):
        """Lock the oldest messages that are due and nobody else works on.

        Of one order only the first is taken, so that its messages take effect in
        the order in which they came, whoever works on them: while one worker has the
        first, it is unsettled for the others, and they take none of the later ones.
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM oms_channel_message message
                 WHERE channel_id = %s AND direction = %s
                   AND state IN ('pending', 'failed')
                   AND (next_try IS NULL OR next_try <= %s)
                   AND NOT EXISTS (
                        SELECT 1 FROM oms_channel_message earlier
                         WHERE earlier.channel_id = message.channel_id
                           AND earlier.direction = message.direction
                           AND earlier.external_id = message.external_id
                           AND earlier.state IN ('pending', 'failed')
                           AND earlier.id < message.id)
              ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                """,
                channel.id,
                direction,
                fields.Datetime.now(),
                limit,
            )
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    # === DOORS ===

    def _set_done(self, order=None):
        self.write(
            {
                "state": "done",
                "done_at": fields.Datetime.now(),
                "error": False,
                "acts": False,
                "next_try": False,
            }
            | ({"order_id": order.id} if order else {})
        )

    def _set_quarantined(self, error):
        """Keep it for a person: nothing here can be understood by trying again."""
        self.write(
            {"state": "quarantined", "error": str(error), "acts": error.acts}
            | {"next_try": False}
        )

    def _set_failed(self, error, after=0.0):
        """Try again later, or give up after the last attempt."""
        for attempts, messages in self.grouped("attempts").items():
            tried = attempts + 1
            given_up = backoff.is_given_up(tried)
            wait = timedelta(seconds=backoff.delay(tried, after))
            messages.write(
                {
                    "state": "dead" if given_up else "failed",
                    "error": str(error),
                    "acts": "administrator" if given_up else "machine",
                    "attempts": tried,
                    "next_try": not given_up and fields.Datetime.now() + wait,
                }
            )

    def _set_waiting(self, error, seconds):
        """Nothing is wrong with these: they wait until somebody has done something."""
        self.write(
            {
                "state": "failed",
                "error": str(error),
                "acts": error.acts,
                "next_try": fields.Datetime.now() + timedelta(seconds=seconds),
            }
        )

    # === ACTIONS ===

    def action_retry(self):
        """Repeat the very step that failed, or do what was skipped after all."""
        self.check_access("write")
        waiting = self.filtered(lambda message: message.state in RETRIED)
        waiting._message_log_batch(
            dict.fromkeys(waiting.ids, self.env._("To be tried again."))
        )
        waiting.write({"state": "pending", "next_try": False, "attempts": 0})
        for (channel, direction), messages in waiting.grouped(
            lambda message: (message.channel_id, message.direction)
        ).items():
            channel._delay_processing(direction, len(messages))
        return self._notify(
            self.env._("%(count)s will be tried again.", count=len(waiting)),
            self.env._(
                "%(count)s are done, or wait already: nothing to try again.",
                count=len(self - waiting),
            )
            if self - waiting
            else "",
        )

    def _notify(self, *sentences):
        """Tell how many it was, and show the list as it is then."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join(filter(None, sentences)),
                "type": "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === READING ===

    def _get_payload(self):
        """The payload as JSON value; amounts stay text or Decimal, never float."""
        self.ensure_one()
        return json.loads(self.payload, parse_float=Decimal)

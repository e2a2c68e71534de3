# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

BATCH = 1000


class OmsChannel(models.Model):
    """How long a channel's messages, and its buyers, are remembered."""

    _inherit = "oms.channel"

    message_days = fields.Integer(
        "Keep Messages For (days)",
        default=180,
        help="Messages that are done or skipped are deleted after this time. "
        "0: never. What waits for a person stays until it is settled.",
    )
    buyer_days = fields.Integer(
        "Forget Buyers After (days)",
        default=0,
        help="Buyers of this channel without an order for this time are forgotten "
        "as if they had asked for it. 0: never.",
    )

    _days_not_negative = models.Constraint(
        "CHECK(message_days >= 0 AND buyer_days >= 0)",
        "A time to keep something is 0 or more days.",
    )

    # === CRON ===

    @api.model
    def _cron_forget(self):
        """Delete old messages, and ask for old buyers to be forgotten."""
        channels = self.search(["|", ("message_days", ">", 0), ("buyer_days", ">", 0)])
        for channel in channels:
            channel._forget_buyers()
            while count := channel._forget_messages():
                if not self.env["ir.cron"]._commit_progress(count):
                    return

    def _forget_messages(self):
        """Delete one batch of old messages; how many it was."""
        self.ensure_one()
        if not self.message_days:
            return 0
        old = [
            ("channel_id", "=", self.id),
            ("state", "in", ("done", "skipped")),
            ("write_date", "<", fields.Datetime.now() - timedelta(self.message_days)),
        ]
        batch = self.env["oms.channel.message"].search(old, order="id", limit=BATCH)
        batch.unlink()
        return len(batch)

    def _forget_buyers(self):
        """One request per old buyer, so that it is seen what was done and why."""
        self.ensure_one()
        if not self.buyer_days:
            return
        since = fields.Datetime.now() - timedelta(self.buyer_days)
        recent = self.env["sale.order"]._search(
            [("oms_channel_id", "=", self.id), ("date_order", ">=", since)]
        )
        old = self.env["oms.channel.customer"].search(
            [
                ("channel_id", "=", self.id),
                ("partner_id.active", "=", True),
                ("create_date", "<", since),
                ("partner_id.sale_order_ids", "not any", [("id", "in", recent)]),
            ],
            limit=BATCH,
        )
        requests = self.env["oms.privacy.request"]
        known = set(
            requests.search(
                [("channel_id", "=", self.id), ("external_id", "=like", "retention:%")]
            ).mapped("external_id")
        )
        requests.create(
            [
                {
                    "channel_id": self.id,
                    "kind": "redact",
                    "external_id": f"retention:{customer.key}",
                    **customer._prepare_privacy_key(),
                }
                for customer in old
                if f"retention:{customer.key}" not in known
            ]
        )

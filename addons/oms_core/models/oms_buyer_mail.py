# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .oms_channel_mail import MODELS, OCCASIONS

# What happened earlier than this is history that is being imported: no news.
NEWS = timedelta(days=3)


class OmsBuyerMail(models.Model):
    """One mail that a buyer is due: queued where it happens, written by a job.

    The row is the promise that nobody is told the same thing twice, and stays when
    the mail itself is gone.
    """

    _name = "oms.buyer.mail"
    _description = "Mail to a Buyer"
    _order = "id desc"
    _rec_name = "occasion"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    channel_id = fields.Many2one("oms.channel", index="btree_not_null", readonly=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    occasion = fields.Selection(OCCASIONS, required=True, readonly=True)
    res_id = fields.Integer(
        "Document", required=True, readonly=True, help="Order, parcel or credit note."
    )
    state = fields.Selection(
        [
            ("queued", "Queued"),
            ("written", "Written"),
            ("skipped", "Not written"),
            ("failed", "Failed"),
        ],
        required=True,
        default="queued",
        readonly=True,
    )
    reason = fields.Char(readonly=True, help="Why it was not written.")
    email = fields.Char("To", readonly=True)
    mail_id = fields.Many2one(
        "mail.mail",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The mail itself; Odoo removes it when it has been sent.",
    )
    written_at = fields.Datetime(readonly=True)

    _once = models.UniqueIndex(
        "(order_id, occasion, res_id)", "The buyer has been told this already."
    )
    _queued_idx = models.Index("(id) WHERE state = 'queued'")

    # === QUEUE ===

    @api.model
    def _queue(self, values_list):
        """Queue mails, one statement for all; what is queued or written stays so.

        :param list values_list: dicts with ``order``, ``occasion``, ``document`` (a
            record), and ``date`` when it happened, default now
        """
        wanted = [values for values in values_list if self._is_news(**values)]
        channels = self.env["sale.order"].union(*(v["order"] for v in wanted))
        enabled = self._get_enabled(channels.oms_channel_id)
        rows = [
            SQL(
                "(%s, %s, %s, %s, %s, 'queued', now() AT TIME ZONE 'UTC', %s)",
                values["order"].id,
                values["order"].company_id.id,
                values["order"].oms_channel_id.id,
                values["occasion"],
                values["document"].id,
                self.env.uid,
            )
            for values in wanted
            if (values["order"].oms_channel_id.id, values["occasion"]) in enabled
        ]
        if not rows:
            return
        channels.flush_recordset(["oms_channel_id", "company_id"])
        self.env.cr.execute(
            SQL(
                "INSERT INTO oms_buyer_mail (order_id, company_id, channel_id,"
                " occasion, res_id, state, create_date, create_uid) VALUES %s"
                " ON CONFLICT DO NOTHING",
                SQL(", ").join(rows),
            )
        )
        # Whoever ships need not know of crons.
        cron = self.env.ref("oms_core.ir_cron_buyer_mails").sudo()  # see above
        cron._trigger()

    def _is_news(self, order, occasion, document, date=None):
        if document._name != MODELS[occasion]:
            return False
        if occasion == "capture":
            date = date or order.date_order
        return not date or date > fields.Datetime.now() - NEWS

    def _get_enabled(self, channels):
        """The occasions on which channels write: {(channel id, occasion)}."""
        if not channels:
            return set()
        # The setting decides, not the rights of whoever causes the mail.
        settings = self.env["oms.channel.mail"].sudo()  # see above
        return {
            (setting.channel_id.id, setting.occasion)
            for setting in settings.search(
                [("channel_id", "in", channels.ids), ("enabled", "=", True)]
            )
        }

    # === ACTIONS ===

    def action_retry(self):
        """Queue those that failed or were not written once more."""
        again = self.filtered(lambda mail: mail.state in ("failed", "skipped"))
        again.check_access("write")
        again.write({"state": "queued", "reason": False})
        # As in _queue.
        self.env.ref("oms_core.ir_cron_buyer_mails").sudo()._trigger()  # see above

    def action_view_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }

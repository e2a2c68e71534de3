# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .oms_channel_mail import MODELS

BATCH = 200
RENDERED = ("subject", "body_html", "email_from", "reply_to")
LAYOUT = "oms_core.mail_layout_buyer"


class OmsBuyerMail(models.Model):
    """From a queued row to a mail in Odoo's own queue, by the batch."""

    _inherit = "oms.buyer.mail"

    @api.model
    def _cron_write(self):
        """Write what is queued; several workers may do so at the same time."""
        while mails := self._claim(BATCH):
            mails._write_mails()
            if not self.env["ir.cron"]._commit_progress(len(mails)):
                break

    def _claim(self, limit):
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM oms_buyer_mail WHERE state = 'queued' ORDER BY id"
                " LIMIT %s FOR UPDATE SKIP LOCKED",
                limit,
            )
        )
        return self.browse([row[0] for row in rows])

    def _write_mails(self):
        """Render these mails and hand them to Odoo's queue, as one batch."""
        self.order_id._ensure_oms_tokens()
        ready = self._skip_unwritable()
        templates = ready._get_templates()
        values_list, written = [], self.browse()
        for template, mails in ready.grouped(templates.get).items():
            try:
                with self.env.cr.savepoint():
                    rendered = mails._render_mails(template)
            except UserError as error:
                mails.write({"state": "failed", "reason": str(error)})
                continue
            values_list += rendered
            written |= mails
        mails = self.env["mail.mail"].create(values_list)
        for row, mail in zip(written, mails, strict=True):
            row.mail_id = mail
        written.write({"state": "written", "written_at": fields.Datetime.now()})
        written._record_mails()

    def _skip_unwritable(self):
        """Set aside what cannot be written, with the reason; return the others."""
        settings = self._get_enabled(self.channel_id)
        ready = self.browse()
        for mail in self:
            mail.email = mail.order_id.partner_id.email
            if not mail.email:
                mail._set_skipped(self.env._("The customer has no e-mail address."))
            elif (mail.channel_id.id, mail.occasion) not in settings:
                mail._set_skipped(self.env._("Switched off for the channel meanwhile."))
            else:
                ready |= mail
        return ready

    def _set_skipped(self, reason):
        self.state = "skipped"
        self.reason = reason

    def _get_templates(self):
        """Mail -> its template."""
        settings = self.env["oms.channel.mail"].search(
            [("channel_id", "in", self.channel_id.ids)]
        )
        templates = {
            (setting.channel_id, setting.occasion): setting.template_id
            for setting in settings
        }
        return {mail: templates[mail.channel_id, mail.occasion] for mail in self}

    def _render_mails(self, template):
        """Values of the mails of one template, in the order of ``self``."""
        model = MODELS[self[0].occasion]
        records = self.env[model].browse(self.mapped("res_id"))
        langs = template._render_lang(records.ids)
        values = template._generate_template(records.ids, RENDERED)
        return [
            self._prepare_mail_values(
                template.with_context(lang=langs[record.id]),
                record.with_context(lang=langs[record.id]),
                values[record.id],
                mail,
            )
            for mail, record in zip(self, records, strict=True)
        ]

    def _prepare_mail_values(self, template, record, values, mail):
        order = mail.order_id.with_context(lang=record.env.lang)
        body = template._render_encapsulate(
            LAYOUT,
            values["body_html"],
            add_context={"company": order.company_id, "order": order},
            context_record=record,
        )
        return {
            "subject": values["subject"],
            "body_html": body,
            "body": body,
            "email_from": values.get("email_from") or order.company_id.email_formatted,
            "reply_to": values.get("reply_to") or order.company_id.email_formatted,
            "recipient_ids": [fields.Command.set(order.partner_id.ids)],
            "model": "sale.order",
            "res_id": order.id,
            "record_name": order.name,
            "message_type": "email_outgoing",
            # The row and the event stay; thousands of bodies a day need not.
            "auto_delete": True,
        }

    def _record_mails(self):
        labels = dict(self._fields["occasion"]._description_selection(self.env))
        self.env["oms.event"]._record(
            [
                {
                    "order": mail.order_id,
                    "kind": "mail",
                    "sentence": self.env._(
                        "Mail “%(occasion)s” to %(email)s.",
                        occasion=labels[mail.occasion],
                        email=mail.email,
                    ),
                    "document": mail,
                }
                for mail in self
            ]
        )

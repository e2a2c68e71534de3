# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import html2plaintext
from odoo.tools.mail import is_html_empty

# What people write; what programs log in the chatter has its event already.
WRITTEN = ("comment", "email", "email_outgoing")
LONGEST = 160


class SaleOrder(models.Model):
    """What people write about an order is part of its history."""

    _inherit = "sale.order"

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail` to note letters and internal notes."""
        if message.message_type in WRITTEN and not is_html_empty(message.body):
            self.env["oms.event"]._record([self._prepare_oms_message_event(message)])
        return super()._message_post_after_hook(message, msg_vals)

    def _prepare_oms_message_event(self, message):
        is_internal = message.is_internal or message.subtype_id.internal
        text = " ".join(html2plaintext(message.body).split())
        return {
            "order": self,
            "kind": "note" if is_internal else "mail",
            "sentence": f"{text[:LONGEST]}…" if len(text) > LONGEST else text,
            "document": message,
            "actor": "" if message.author_id.user_ids else message.author_id.name,
        }

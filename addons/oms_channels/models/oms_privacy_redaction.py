# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import models

from odoo.addons.oms_core.models.sale_order_history import WRITTEN

from ..engine.privacy import redact

# Orders under way: who forgets the buyer now cannot deliver.
OPEN_STATES = (
    *("quarantined", "captured", "on_hold", "backordered", "unfillable"),
    *("allocated", "picking", "packed", "partially_shipped"),
)
EMPTIED = (
    *("email", "phone", "street", "street2", "city", "zip", "vat", "comment"),
    "website",
)
# Events whose sentence may quote the buyer.
TELLING_KINDS = ("mail", "note", "edit", "version")


class OmsPrivacyRequest(models.Model):
    """Forgetting a buyer: contacts, letters, payloads; never the ledger."""

    _inherit = "oms.privacy.request"

    def _redact(self):
        """Forget the buyers that are meant, or wait until their orders are through.

        What the books need stays: who is named on a posted invoice, by name and
        address. A contact who also buys elsewhere is not this channel's to remove.
        """
        self.ensure_one()
        buyers, orders = self._get_buyers(), self._get_orders()
        waiting = orders.filtered(lambda order: order.oms_state in OPEN_STATES)
        if waiting:
            self.state = "waiting"
            self.outcome = self.env._(
                "Waits until these orders are shipped or cancelled: %(orders)s.",
                orders=", ".join(waiting.mapped("name")),
            )
            return
        shared = self._get_shared(buyers)
        invoiced = self._get_invoiced(buyers - shared)
        contacts = (buyers - shared) | (buyers - shared).child_ids
        self._redact_contacts(contacts - invoiced)
        self._redact_recognition(buyers - shared)
        invoiced.write({"phone": False, "email": False, "comment": False})
        self._redact_orders(orders)
        self._redact_messages(orders)
        self._set_done(self._describe(contacts - invoiced, invoiced, shared, orders))

    # === WHO STAYS ===

    def _get_shared(self, buyers):
        """Buyers whom others know too: other channels, users of this server."""
        others = self.env["sale.order"].sudo()  # orders of every company count
        elsewhere = others.search(
            [
                ("partner_id", "in", buyers.ids),
                ("oms_channel_id", "!=", self.channel_id.id),
            ]
        ).partner_id
        users = buyers.sudo().filtered("user_ids")  # only whether there is one
        return buyers & (elsewhere | users)

    def _get_invoiced(self, buyers):
        """Contacts that posted invoices are made out to."""
        contacts = buyers | buyers.child_ids
        moves = self.env["account.move"].sudo()  # the books, whoever may read them
        found = moves._read_group(
            [
                ("partner_id", "in", contacts.ids),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ],
            ["partner_id"],
        )
        return contacts.browse(partner.id for [partner] in found)

    # === WHAT GOES ===

    def _redact_contacts(self, contacts):
        values = dict.fromkeys(EMPTIED, False)
        values |= {"name": self.env._("Removed buyer"), "active": False}
        # Whoever may answer requests need not be allowed to edit contacts.
        contacts.sudo().write(values)  # see above
        contacts.sudo().message_ids.unlink()  # as above

    def _redact_recognition(self, buyers):
        """By number or address nobody is to find them again: who orders anew is new."""
        customers = self.env["oms.channel.customer"].sudo()  # as in _redact_contacts
        customers.search([("partner_id", "in", buyers.ids)]).unlink()

    def _redact_orders(self, orders):
        orders.write(
            {
                "oms_buyer_note": False,
                "oms_gift_note": False,
                "oms_channel_document": False,
            }
        )
        letters = self.env["mail.message"].sudo()  # as in _redact_contacts
        letters.search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "in", orders.ids),
                ("message_type", "in", WRITTEN),
            ]
        ).unlink()
        # The history is appended, retention aside: this is retention.
        events = self.env["oms.event"].sudo()  # see above
        events._allow_removal()
        events.search(
            [("order_id", "in", orders.ids), ("kind", "in", TELLING_KINDS)]
        ).unlink()
        events._record(
            [
                {
                    "order": order,
                    "kind": "note",
                    "sentence": self.env._("The buyer's personal data were removed."),
                    "document": self,
                }
                for order in orders
            ]
        )

    def _redact_messages(self, orders):
        """Payloads keep their shape and amounts: the books can still be checked."""
        messages = self.env["oms.channel.message"].sudo()  # readable, not writable
        for message in messages.search(
            [
                ("channel_id", "=", self.channel_id.id),
                ("external_id", "in", orders.mapped("oms_external_id")),
            ]
        ):
            message.payload = redact_text(message.payload)

    def _describe(self, removed, invoiced, shared, orders):
        sentences = [
            self.env._(
                "%(contacts)s contacts removed; notes, letters and payloads of "
                "%(orders)s orders cleared.",
                contacts=len(removed),
                orders=len(orders),
            )
        ]
        if invoiced:
            sentences.append(
                self.env._(
                    "%(count)s contacts stay by name and address, since posted "
                    "invoices are made out to them; e-mail and phone are removed.",
                    count=len(invoiced),
                )
            )
        if shared:
            sentences.append(
                self.env._(
                    "These also buy elsewhere or have a login, and stay: %(names)s.",
                    names=", ".join(shared.mapped("display_name")),
                )
            )
        return sentences


def redact_text(text):
    """A stored payload without the buyer; what is not JSON is removed whole."""
    try:
        payload = json.loads(text or "null", parse_float=str, parse_int=int)
    except ValueError:
        return ""
    return json.dumps(redact(payload), ensure_ascii=False, indent=1)

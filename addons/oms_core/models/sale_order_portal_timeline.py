# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# Kinds whose sentence is written anew, in the buyer's words and language.
DOCUMENTS = {
    "ship": "stock.picking",
    "invoice": "account.move",
    "refund": "account.move",
}


class SaleOrder(models.Model):
    """The history of an order as its buyer reads it."""

    _inherit = "sale.order"

    def _get_oms_portal_timeline(self):
        """What happened, newest first: only events marked for the buyer."""
        events = self.oms_event_ids.filtered("buyer_visible")
        documents = self._get_oms_portal_documents(events)
        entries = [
            {
                "kind": event.kind,
                "date": event.date,
                "text": self._get_oms_portal_sentence(
                    event, documents.get((event.res_model, event.res_id))
                ),
            }
            for event in events
        ]
        if "capture" not in events.mapped("kind"):
            entries.append(
                {
                    "kind": "capture",
                    "date": self.oms_captured_at or self.date_order,
                    "text": self.env._("We received your order."),
                }
            )
        return entries

    def _get_oms_portal_documents(self, events):
        documents = {}
        for model in set(DOCUMENTS.values()):
            ids = events.filtered(lambda e, model=model: e.res_model == model)
            for document in self.env[model].browse(ids.mapped("res_id")).exists():
                documents[model, document.id] = document
        return documents

    def _get_oms_portal_sentence(self, event, document):
        """One event in the buyer's words; an unknown kind keeps its own sentence."""
        words = self.env._
        if event.kind == "ship" and document:
            return self._get_oms_portal_shipment(document)
        if event.kind in ("invoice", "refund") and document:
            values = {
                "name": document.name,
                "amount": document.currency_id.format(document.amount_total),
            }
            if event.kind == "refund":
                return words("Credit note %(name)s: %(amount)s.", **values)
            return words("Invoice %(name)s: %(amount)s.", **values)
        if event.kind == "payment" and event.res_model == "account.move":
            return words("We paid money back to you.")
        return {
            "capture": words("We received your order."),
            "payment": words("We received your payment."),
            "pack": words("A parcel is packed."),
            "ship": words("A parcel is on its way."),
            "delivery": words("A parcel was delivered."),
            "version": words("Your order was changed."),
            "edit": words("Your order was changed."),
            "cancel": words("Your order was cancelled."),
        }.get(event.kind, event.sentence)

    def _get_oms_portal_shipment(self, parcel):
        values = {
            "carrier": parcel.carrier_id.name,
            "tracking": parcel.carrier_tracking_ref,
        }
        if not parcel.carrier_tracking_ref:
            return self.env._("A parcel is on its way.")
        if not parcel.carrier_id:
            return self.env._("A parcel is on its way: %(tracking)s.", **values)
        return self.env._(
            "A parcel is on its way with %(carrier)s: %(tracking)s.", **values
        )

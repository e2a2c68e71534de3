# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# Shown on the order itself: a link to them would lead nowhere new.
PARTS_OF_THE_ORDER = ("oms.hold", "sale.order", "sale.order.line")


class OmsEvent(models.Model):
    """The history of one order as its timeline reads it."""

    _inherit = "oms.event"

    @api.model
    def get_timeline(self, order_id, kinds=None, limit=40):
        """The newest events of an order, with all that a line of them shows.

        :param int order_id: the order
        :param list kinds: only these kinds of events; default all
        :param int limit: how many
        :return: dict with ``events`` (newest first), ``kinds`` ([kind, label, how
            many] of the whole history) and ``total`` (events of the asked kinds)
        """
        domain = fields.Domain("order_id", "=", order_id)
        counts = dict(self._read_group(domain, ["kind"], ["__count"]))
        wanted = domain & fields.Domain("kind", "in", kinds) if kinds else domain
        events = self.search(wanted, limit=limit)
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "events": events._prepare_timeline(),
            "kinds": [
                [kind, label, counts[kind]]
                for kind, label in labels.items()
                if kind in counts
            ],
            "total": sum(
                count for kind, count in counts.items() if not kinds or kind in kinds
            ),
        }

    def _prepare_timeline(self):
        documents = self._get_timeline_documents()
        return [
            {
                "id": event.id,
                "kind": event.kind,
                "sentence": event.sentence,
                "date": fields.Datetime.to_string(event.date),
                "who": event.actor or event.user_id.sudo().name or "",  # name only
                "is_program": bool(event.actor) or event.user_id.id == 1,
                "buyer_visible": event.buyer_visible,
                "document": documents.get((event.res_model, event.res_id), False),
            }
            for event in self
        ]

    def _get_timeline_documents(self):
        """The documents that the reader may open, by model and id."""
        documents = {}
        linked = self.filtered(
            lambda event: (
                event.res_id
                and event.res_model in self.env
                and event.res_model not in PARTS_OF_THE_ORDER
            )
        )
        for model, events in linked.grouped("res_model").items():
            records = self.env[model].browse(events.mapped("res_id")).exists()
            if not records.has_access("read"):
                records = records.browse()
            for record in records._filtered_access("read"):
                documents[model, record.id] = {
                    "model": model,
                    "id": record.id,
                    "name": record.display_name,
                }
        return documents

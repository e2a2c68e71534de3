# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

# What happens to an order, and the occasion to write that it is.
OCCASION_OF_KIND = {
    "capture": "capture",
    "ship": "shipment",
    "delivery": "delivery",
    "refund": "refund",
    "cancel": "cancel",
}


class OmsEvent(models.Model):
    """The history is where mails begin: what is recorded once is written once."""

    _inherit = "oms.event"

    @api.model
    def _record(self, values_list):
        """Extended to queue the mails that the buyer is due."""
        events = super()._record(values_list)
        self.env["oms.buyer.mail"]._queue(
            [
                {
                    "order": values["order"],
                    "occasion": OCCASION_OF_KIND[values["kind"]],
                    "document": values.get("document") or values["order"],
                    "date": values.get("date"),
                }
                for values in values_list
                if values["kind"] in OCCASION_OF_KIND
            ]
        )
        return events

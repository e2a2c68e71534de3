# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockPicking(models.Model):
    """Labels, tracking numbers and arrivals, as the history of orders tells them."""

    _inherit = "stock.picking"

    # === CRUD ===

    def write(self, vals):
        """Override of `stock` to note tracking numbers and arrivals."""
        if vals.get("carrier_tracking_ref"):
            self.filtered(
                lambda p: p.carrier_tracking_ref != vals["carrier_tracking_ref"]
            )._record_oms_tracking(vals)
        if vals.get("oms_delivered_at"):
            arrived = fields.Datetime.to_datetime(vals["oms_delivered_at"])
            self.filtered(lambda p: not p.oms_delivered_at)._record_oms_delivery(
                arrived
            )
        return super().write(vals)

    # === BUSINESS ===

    def send_to_shipper(self):
        """Override of `stock_delivery` to note the label and what it cost."""
        result = super().send_to_shipper()
        self._record_oms_event(
            "label",
            lambda picking: self.env._(
                "Label of %(carrier)s made for %(transfer)s.",
                carrier=picking.carrier_id.name,
                transfer=picking.name,
            ),
            data={"cost": str(self.carrier_price)},
        )
        return result

    def action_oms_mark_delivered(self):
        """Note that these parcels have reached the buyer."""
        self.check_access("write")
        waiting = self.filtered(
            lambda p: (
                p.state == "done"
                and p.picking_type_code == "outgoing"
                and not p.oms_delivered_at
            )
        )
        waiting.oms_delivered_at = fields.Datetime.now()

    def _record_oms_tracking(self, vals):
        carrier = self.carrier_id.browse(vals.get("carrier_id"))
        self.filtered(lambda p: p.picking_type_code == "outgoing")._record_oms_event(
            "tracking",
            lambda picking: self.env._(
                "Tracking number %(number)s of %(carrier)s.",
                number=vals["carrier_tracking_ref"],
                carrier=(carrier or picking.carrier_id).name
                or self.env._("the carrier"),
            ),
            buyer_visible=True,
        )

    def _record_oms_delivery(self, arrived):
        self._record_oms_event(
            "delivery",
            lambda picking: self.env._(
                "Parcel %(transfer)s has arrived.", transfer=picking.name
            ),
            date=arrived,
            buyer_visible=True,
        )

    def _record_oms_event(self, kind, tell, **extra):
        """Append one event for each transfer of an order.

        :param tell: function that makes the sentence of a transfer
        """
        self.env["oms.event"]._record(
            [
                {
                    "order": picking.sale_id,
                    "kind": kind,
                    "sentence": tell(picking),
                    "document": picking,
                    **extra,
                }
                for picking in self
                if picking.sale_id
            ]
        )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    oms_channel_id = fields.Many2one(
        related="sale_id.oms_channel_id", string="Channel", store=True, index=True
    )
    oms_delivered_at = fields.Datetime(
        "Delivered", copy=False, help="When the parcel reached the buyer."
    )

    # === BUSINESS ===

    def _action_done(self):
        """Override of `stock` to tell what has shipped."""
        outgoing = self.filtered(lambda p: p.picking_type_code == "outgoing")
        result = super()._action_done()
        shipped = outgoing.filtered(lambda p: p.state == "done" and p.sale_id)
        shipped._record_oms_shipment()
        shipped.sale_id._oms_on_shipped(shipped)
        return result

    def _record_oms_shipment(self):
        self.env["oms.event"]._record(
            [
                {
                    "order": picking.sale_id,
                    "kind": "ship",
                    "sentence": picking._get_oms_shipment_sentence(),
                    "document": picking,
                    "buyer_visible": True,
                }
                for picking in self
            ]
        )

    def _get_oms_shipment_sentence(self):
        values = {
            "place": self.picking_type_id.warehouse_id.name,
            "carrier": self.carrier_id.name or "",
            "tracking": self.carrier_tracking_ref or "",
        }
        if self.carrier_tracking_ref:
            return self.env._(
                "Shipped from %(place)s, %(carrier)s %(tracking)s.", **values
            )
        return self.env._("Shipped from %(place)s, no tracking number.", **values)

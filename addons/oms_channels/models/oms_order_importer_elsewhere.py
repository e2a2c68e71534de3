# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Command

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL
from odoo.addons.oms_core.tools.unheld import unheld


class OmsOrderImporter(models.AbstractModel):
    """What has left from a place that is not ours before the order came here.

    It counts as shipped, and our stock stays as it is: the goods come from a place
    of their own, which is nobody's stock. That is booked before the order asks for
    goods, so that it asks for the rest only.
    """

    _inherit = "oms.order.importer"

    def _record_shipped_elsewhere(self, channel, pairs):
        if channel.arrived_shipped != "elsewhere":
            return
        kind = self._get_elsewhere_type(channel.company_id)
        values_list = [
            self._prepare_elsewhere_values(kind, order, parcel)
            for order, document in self._filter_shipped(pairs)
            for parcel in self._list_elsewhere_parcels(order, document)
        ]
        # The shop knows of these parcels, and no hold has kept them.
        pickings = unheld(FROM_CHANNEL.put(self.env["stock.picking"]))
        pickings = pickings.create(values_list)
        pickings.action_confirm()
        pickings.move_ids.picked = True
        pickings._action_done()

    def _get_elsewhere_type(self, company):
        """The kind of transfer; it belongs to no warehouse of ours."""
        place = self.env.ref("oms_channels.stock_location_elsewhere")
        kinds = self.env["stock.picking.type"].sudo()  # made once, by whoever imports
        known = kinds.search(
            [
                ("company_id", "=", company.id),
                ("default_location_src_id", "=", place.id),
            ],
            limit=1,
        )
        return known or kinds.create(
            {
                "name": self.env._("Shipped Elsewhere"),
                "code": "outgoing",
                "sequence_code": "ELSE",
                "company_id": company.id,
                "warehouse_id": False,
                "default_location_src_id": place.id,
                "default_location_dest_id": self.env.ref(
                    "stock.stock_location_customers"
                ).id,
                # Nobody here has seen the goods, or their serial numbers.
                "use_create_lots": False,
                "use_existing_lots": False,
            }
        )

    def _list_elsewhere_parcels(self, order, document):
        """[(units by line, carrier, tracking)]"""
        goods = {
            line.oms_external_id
            for line in order.order_line
            if line.product_id.type == "consu"
        }
        missing = {
            line.external_id: min(line.fulfilled, line.quantity - line.cancelled)
            for line in document.lines
            if line.fulfilled and line.external_id in goods
        }
        return self._share_parcels(missing, document.parcels)

    def _prepare_elsewhere_values(self, kind, order, parcel):
        units, _carrier, tracking = parcel
        places = {
            "location_id": kind.default_location_src_id.id,
            "location_dest_id": kind.default_location_dest_id.id,
        }
        lines = order.order_line.grouped("oms_external_id")
        return places | {
            "picking_type_id": kind.id,
            "partner_id": order.partner_shipping_id.id,
            "origin": order.name,
            "carrier_tracking_ref": tracking or False,
            "move_ids": [
                Command.create(
                    places
                    | {
                        "product_id": lines[key].product_id.id,
                        "product_uom": lines[key].product_uom_id.id,
                        "product_uom_qty": float(quantity),
                        "sale_line_id": lines[key].id,
                        "company_id": order.company_id.id,
                    }
                )
                for key, quantity in units.items()
            ],
        }

    # === HOLDS ===

    def _get_holds(self, channel, sale_order, order, found):
        return [
            *super()._get_holds(channel, sale_order, order, found),
            *(
                {"order": sale_order, **hold}
                for hold in self._get_elsewhere_holds(channel, sale_order, order, found)
            ),
        ]

    def _get_elsewhere_holds(self, channel, sale_order, order, found):
        """Units that have left and of which nobody here knows the product."""
        if channel.arrived_shipped != "elsewhere" or order.cancelled_at:
            return
        lines = sale_order.order_line.grouped("oms_external_id")
        unknown = [
            line
            for line in order.lines
            if line.fulfilled
            and line.external_id in lines
            and lines[line.external_id].product_id == found["placeholder"]
        ]
        if unknown:
            yield {
                "type": "special_request",
                "reason": self.env._(
                    "%(goods)s left from another place already, and no product here "
                    "has the SKU: give it one, take the units off the line, then "
                    "release",
                    goods=", ".join(
                        f"{line.fulfilled.normalize():f} × {line.sku or line.name}"
                        for line in unknown
                    ),
                ),
            }

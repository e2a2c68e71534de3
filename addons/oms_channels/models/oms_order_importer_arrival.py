# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import models

NOON = time(12)


class OmsOrderImporter(models.AbstractModel):
    """What else an order says when it comes in: a wished day, a place to fetch it,
    and whether it is meant at all."""

    _inherit = "oms.order.importer"

    def _look_up(self, channel, orders, currencies):
        found = super()._look_up(channel, orders, currencies)
        return found | {"pickup": self._find_pickup_places(channel, orders)}

    def _prepare_order_values(self, channel, order, found):
        values = super()._prepare_order_values(channel, order, found)
        if order.is_pickup:
            values |= {"oms_is_pickup": True, "carrier_id": False}
            if place := found["pickup"].get(order.pickup_location.casefold()):
                values["warehouse_id"] = place.id
        if order.requested_on:
            values["commitment_date"] = self._get_requested_moment(
                order.requested_on, values["warehouse_id"]
            )
        if order.is_test:
            values["oms_is_test"] = True
        return values

    def _get_requested_moment(self, day, warehouse_id):
        """Midday at the place: whoever counts days there counts this one."""
        place = self.env["stock.warehouse"].browse(warehouse_id)
        moment = datetime.combine(day, NOON, ZoneInfo(place.oms_tz or "UTC"))
        return moment.astimezone(UTC).replace(tzinfo=None)

    # === PICK-UP ===

    def _find_pickup_places(self, channel, orders):
        """Warehouses by the channel's key or name of the place: {text: warehouse}.

        A place that the channel has not named before is listed on the channel, so
        that somebody can say which warehouse it is.
        """
        names = {
            order.pickup_location.casefold(): order.pickup_location
            for order in orders
            if order.is_pickup and order.pickup_location
        }
        if not names:
            return {}
        locations = self.env["oms.channel.location"].search(
            [("channel_id", "=", channel.id)]
        )
        known = {location.name.casefold(): location for location in locations}
        known |= {location.external_id.casefold(): location for location in locations}
        locations.create(
            [
                {"channel_id": channel.id, "external_id": name, "name": name}
                for key, name in names.items()
                if key not in known
            ]
        )
        return {key: location.warehouse_id for key, location in known.items()}

    # === HOLDS ===

    def _get_holds(self, channel, sale_order, order, found):
        return [
            *super()._get_holds(channel, sale_order, order, found),
            *(
                {"order": sale_order, **hold}
                for hold in self._get_arrival_holds(order, found)
            ),
        ]

    def _get_arrival_holds(self, order, found):
        if order.cancelled_at:
            return
        if order.is_test:
            yield {
                "type": "test",
                "reason": self.env._(
                    "the shop says that this order is a test: cancel it, or release "
                    "it if it is meant after all"
                ),
            }
        place = order.pickup_location.casefold()
        if order.is_pickup and not found["pickup"].get(place):
            yield {
                "type": "special_request",
                "reason": self.env._(
                    "the buyer fetches it at “%(place)s”, and no warehouse stands for "
                    "that place; say which on the channel under Locations, choose it "
                    "on this order, then release",
                    place=order.pickup_location or "?",
                ),
            }

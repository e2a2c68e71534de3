# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.fields import Command

from .common import OmsCommon

at = fields.Datetime.to_datetime
MONDAY = at("2026-01-05 09:00:00")  # of winter: Paris is an hour ahead of UTC


class PromiseCommon(OmsCommon):
    """A place in Paris that works from 8 to 12 and from 13 to 17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Eight to Five",
                "tz": "Europe/Paris",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": f"{day} {start}",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                    for day in range(5)
                    for start, end in ((8, 12), (13, 17))
                ],
            }
        )
        for place in cls.warehouse | cls.other_warehouse:
            place.write({"oms_tz": "Europe/Paris", "oms_calendar_id": cls.calendar.id})
        # The only place of the channel: where routing is installed, it agrees.
        cls.channel.warehouse_ids = cls.warehouse
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "Test Express",
                "product_id": cls._create_product("TEST-SHIP", type="service").id,
                "oms_transit_min": 1,
                "oms_transit_max": 2,
            }
        )

    @classmethod
    def _create_order(cls, *args, **values):
        """Ordered on a Monday morning through the channel."""
        values = {
            "carrier_id": cls.carrier.id,
            "oms_external_id": f"T-{cls.env['sale.order'].search_count([])}",
            "date_order": MONDAY,
            **values,
        }
        return super()._create_order(*args, **values)

    def _make_due(self, orders, moment):
        orders._write_oms_promises(dict.fromkeys(orders, (moment, moment, False)))
        orders.flush_recordset()

    def _get_history(self, order):
        events = order.oms_event_ids.filtered(lambda event: event.kind == "promise")
        return events.sorted("id")

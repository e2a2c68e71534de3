# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytz

from odoo import api, fields, models

from ..engine.promise import Place
from .resource_calendar import MINUTES, to_minutes

# Where a company has no working time at all: Monday to Friday, 8 to 17.
OFFICE_HOURS = ((8 * MINUTES, 17 * MINUTES),)
OFFICE_WEEK = (*([OFFICE_HOURS] * 5), (), ())


class StockWarehouse(models.Model):
    """When a place works, and until when an order leaves the same day."""

    _inherit = "stock.warehouse"

    oms_tz = fields.Selection(
        lambda _self: [(name, name) for name in pytz.common_timezones],
        string="Time Zone",
        compute="_compute_oms_tz",
        store=True,
        readonly=False,
        help="The clock on the wall of this place: cut-off, collection and working "
        "hours are read on it. Taken from the address, else from the company.",
    )
    oms_calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Time",
        check_company=True,
        help="When orders are worked on; its days off are the holidays of the place. "
        "Empty: the company's working time.",
    )
    oms_cut_off = fields.Float(
        "Cut-off",
        default=14.0,
        help="An order that comes later counts as one of the next working day. "
        "24:00: there is no cut-off.",
    )
    oms_pickup_time = fields.Float(
        "Collection",
        help="When the carrier collects on a working day. 0:00: when the place closes.",
    )
    oms_lead_hours = fields.Float(
        "Handling Time",
        help="Working hours from the order to a parcel that can be collected.",
    )

    _oms_hours_within_a_day = models.Constraint(
        "CHECK(oms_cut_off BETWEEN 0 AND 24 AND oms_pickup_time >= 0"
        " AND oms_pickup_time < 24 AND oms_lead_hours >= 0)",
        "Cut-off and collection are times of a day, and the handling time of a place "
        "is not negative. Enter 0:00 to 24:00.",
    )

    # === COMPUTE ===

    # Not the working time: another one does not move the clock on the wall.
    @api.depends("partner_id.tz", "company_id.partner_id.tz")
    def _compute_oms_tz(self):
        for place in self:
            company = place.company_id
            place.oms_tz = (
                place.partner_id.tz
                or company.partner_id.tz
                or company.resource_calendar_id.tz
                or "UTC"
            )

    # === READING ===

    def _get_oms_places(self, since):
        """The working time of places as plain data, read once for all of them.

        :param datetime since: holidays that end before this do not matter
        :return: {warehouse id: :class:`Place`}
        """
        # What a salesperson promises does not depend on whose calendars he may see.
        places = self.sudo()  # see above
        calendars = {
            place.id: place.oms_calendar_id or place.company_id.resource_calendar_id
            for place in places
        }
        known = self.env["resource.calendar"].union(*calendars.values()).sudo()
        weeks, closed = known._get_oms_weeks(), known._get_oms_closed(since)
        return {
            place.id: Place(
                zone=ZoneInfo(place.oms_tz or "UTC"),
                weeks=weeks.get(calendars[place.id], (OFFICE_WEEK,)),
                closed=tuple(
                    (start, end)
                    for calendar, company, start, end in closed
                    if calendar in (False, calendars[place.id].id)
                    and company in (False, place.company_id.id)
                ),
                cut_off=to_minutes(place.oms_cut_off)
                if place.oms_cut_off < 24
                else None,
                pickup=to_minutes(place.oms_pickup_time) or None,
                lead_time=timedelta(hours=place.oms_lead_hours),
            )
            for place in places
        }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import models
from odoo.fields import Domain

MINUTES = 60


def to_minutes(hours):
    return round(hours * MINUTES)


class ResourceCalendar(models.Model):
    """Working time as plain data, for the engine that promises dates."""

    _inherit = "resource.calendar"

    def _get_oms_weeks(self):
        """{calendar: its one week, or its two that take turns}, in one query."""
        attendances = self.env["resource.calendar.attendance"].search_fetch(
            Domain("calendar_id", "in", self.ids)
            & Domain("display_type", "=", False)
            & Domain("day_period", "!=", "lunch"),
            ["calendar_id", "dayofweek", "hour_from", "hour_to", "week_type"],
        )
        by_calendar = attendances.grouped("calendar_id")
        return {
            calendar: tuple(
                self._get_oms_week(by_calendar.get(calendar, attendances[:0]), turn)
                for turn in (("0", "1") if calendar.two_weeks_calendar else (None,))
            )
            for calendar in self
        }

    def _get_oms_week(self, attendances, turn):
        days = [[] for _day in range(7)]
        for line in attendances:
            if turn is None or line.week_type in (False, turn):
                span = (to_minutes(line.hour_from), to_minutes(line.hour_to))
                days[int(line.dayofweek)].append(span)
        return tuple(tuple(spans) for spans in days)

    def _get_oms_closed(self, since):
        """Days off that are nobody's in particular, as of now or later.

        :return: tuples of calendar id and company id (False: of all), start and end
        """
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            Domain("resource_id", "=", False)
            & Domain("time_type", "=", "leave")
            & Domain("calendar_id", "in", [False, *self.ids])
            & Domain("date_to", ">=", since),
            ["calendar_id", "company_id", "date_from", "date_to"],
        )
        return [
            (
                leave.calendar_id.id,
                leave.company_id.id,
                leave.date_from.replace(tzinfo=UTC),
                leave.date_to.replace(tzinfo=UTC),
            )
            for leave in leaves
        ]

    def _get_oms_days_off(self, since):
        """{calendar id: dates on which nobody works at noon}, in one query."""
        days = {calendar.id: set() for calendar in self}
        zones = {calendar.id: calendar.tz for calendar in self}
        companies = {calendar.id: calendar.company_id.id for calendar in self}
        for calendar_id, company_id, start, end in self._get_oms_closed(since):
            for known, dates in days.items():
                if calendar_id in (False, known) and (
                    not company_id or company_id == companies[known]
                ):
                    dates.update(_get_noons(start, end, zones[known]))
        return {key: frozenset(dates) for key, dates in days.items()}


def _get_noons(start, end, tz):
    """The dates whose noon lies between two moments."""
    zone = ZoneInfo(tz or "UTC")
    day = start.astimezone(zone).date()
    while (noon := datetime.combine(day, time(12), zone)) <= end:
        if noon >= start:
            yield day
        day += timedelta(days=1)

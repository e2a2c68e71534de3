# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a reader of the control tower looks at, and from when on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytz

from odoo.fields import Datetime, Domain

DAYS = {"today": (0, 1), "yesterday": (1, 1), "week": (6, 7), "month": (29, 30)}


@dataclass(frozen=True, slots=True)
class ControlTowerScope:
    """Filters and moments of one page; times are naive UTC, as in the database.

    ``channels`` and ``nodes`` may be chosen, ``channel`` and ``node`` are (or are
    empty); ``tz`` is the reader's, whose midnights begin the days. ``stage`` is the
    one whose flow is told by channel, if any.
    """

    now: datetime
    tz: tzinfo
    channels: Any
    nodes: Any
    channel: Any
    node: Any
    period: str
    stage: str | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.channel or self.node)

    @property
    def orders(self) -> Domain:
        """Orders of the chosen channel and node."""
        domain = Domain.TRUE
        if self.channel:
            domain &= Domain("oms_channel_id", "=", self.channel.id)
        if self.node:
            here = Domain("picking_type_id.warehouse_id", "=", self.node.id)
            domain &= Domain("warehouse_id", "=", self.node.id) | Domain(
                "picking_ids", "any", here
            )
        return domain

    @property
    def transfers(self) -> Domain:
        """Transfers of the chosen channel and node."""
        domain = Domain.TRUE
        if self.channel:
            domain &= Domain("oms_channel_id", "=", self.channel.id)
        if self.node:
            domain &= Domain("picking_type_id.warehouse_id", "=", self.node.id)
        return domain

    @property
    def yesterday(self) -> datetime:
        """This time of day, yesterday."""
        return self.to_utc(self.to_local(self.now) - timedelta(days=1))

    @property
    def today(self) -> datetime:
        """When the reader's day began."""
        return self.days_ago(0)

    def days_ago(self, days: int) -> datetime:
        """When the reader's day so many days ago began; negative: days to come."""
        midnight = self.to_local(self.now).replace(hour=0, minute=0, second=0)
        return self.to_utc(midnight - timedelta(days=days))

    def get_day(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Where today begins and ends on the clock of a place."""
        there = replace(self, tz=zone)
        return there.today, there.days_ago(-1)

    def get_buckets(self) -> list[datetime]:
        """Where the hours (or days) of the period begin, in the reader's time.

        One more than there are: the last is where the period ends.
        """
        ago, days = DAYS[self.period]
        start = self.to_local(self.days_ago(ago))
        if days == 1:
            return [start + timedelta(hours=hour) for hour in range(25)]
        return [start + timedelta(days=day) for day in range(days + 1)]

    def to_local(self, moment: datetime) -> datetime:
        return pytz.utc.localize(moment).astimezone(self.tz).replace(tzinfo=None)

    def to_utc(self, moment: datetime) -> datetime:
        # pytz knows which of two equal hours is meant only if it places the time.
        local = self.tz.localize(moment)
        return local.astimezone(pytz.utc).replace(tzinfo=None)


def domain_to_json(domain: Domain) -> list[Any]:
    """A domain as plain lists and strings, for the web client."""
    return [item if isinstance(item, str) else _condition(*item) for item in domain]


def _condition(field: str, operator: str, value: Any) -> list[Any]:
    if operator in ("any", "not any"):
        value = domain_to_json(Domain(value))
    elif isinstance(value, datetime):
        value = Datetime.to_string(value)
    elif operator in ("in", "not in"):
        value = sorted(value)
    return [field, operator, value]

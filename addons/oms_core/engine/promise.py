# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When an order leaves, and when it arrives.

The order's time is rolled to the next working moment of the place past its cut-off,
the lead time passes, the goods wait for the carrier's next collection, and the
carrier counts its transit days on its own calendar. A day that the buyer asked for
is counted the other way round: the last collection that still makes it.

Instants are aware and in UTC, wall clocks are minutes after midnight at the place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LAST_MINUTE = 24 * 60 - 1
# A place that does not open within this many days does not promise anything.
HORIZON = 400

Span = tuple[datetime, datetime]
# Monday to Sunday, each the hours of that day as (from, to).
Week = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """What is asked: when it was ordered, and perhaps for which day.

    ``lead_days`` are calendar days before the goods can be worked on, as for what
    is made or bought to order.
    """

    placed_at: datetime
    lead_days: int = 0
    requested: date | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """How long a carrier takes; it collects and delivers on the same days."""

    transit_min: int = 1
    transit_max: int = 3
    weekdays: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()

    def serves(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.holidays

    def get_arrival(self, day: date, transit: int) -> date | None:
        """The day on which a parcel arrives that left on this one."""
        served = (later for later in _days_after(day) if self.serves(later))
        return _nth(served, transit - 1) if transit else day

    def get_departure(self, day: date, transit: int) -> date | None:
        """The last day to leave on, to arrive by this one."""
        if not transit:
            return day
        served = (earlier for earlier in _days_until(day) if self.serves(earlier))
        arrival = _nth(served, transit - 1)
        return arrival and arrival - DAY


@dataclass(frozen=True, slots=True)
class Place:
    """The working time of a place that ships.

    ``weeks`` are one, or two that take turns; ``closed`` are its holidays.
    ``cut_off`` None: an order is worked on the day it comes, however late;
    ``pickup`` None: the carrier collects when the place closes.
    """

    zone: ZoneInfo
    weeks: tuple[Week, ...]
    closed: tuple[Span, ...] = ()
    cut_off: int | None = 14 * 60
    pickup: int | None = None
    lead_time: timedelta = timedelta()
    _known: dict[date, tuple[Span, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def get_day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def get_hours(self, day: date) -> tuple[Span, ...]:
        """When the place works on a day; nothing if it is closed."""
        if day not in self._known:
            self._known[day] = tuple(self._read_hours(day))
        return self._known[day]

    def _read_hours(self, day: date) -> list[Span]:
        week = self.weeks[(day.toordinal() - 1) // 7 % len(self.weeks)]
        spans = [
            (to_instant(day, start, self.zone), to_instant(day, end, self.zone))
            for start, end in sorted(week[day.weekday()])
        ]
        for closed in self.closed:
            spans = [part for span in spans for part in _without(span, closed)]
        return [span for span in spans if span[0] < span[1]]

    def _get_hours_from(self, moment: datetime) -> Iterator[Span]:
        """Working hours from a moment on."""
        for day in _days_from(self.get_day(moment)):
            for start, end in self.get_hours(day):
                if end > moment:
                    yield max(start, moment), end

    def get_start(self, placed_at: datetime) -> datetime | None:
        """When work on an order begins."""
        day = self.get_day(placed_at)
        missed = (
            self.cut_off is not None
            and self.get_hours(day)
            and placed_at > to_instant(day, self.cut_off, self.zone)
        )
        return self._get_opening(
            to_instant(day + DAY, 0, self.zone) if missed else placed_at
        )

    def get_next_cut_off(self, moment: datetime) -> datetime | None:
        """Until when an order still counts as one of a working day."""
        if self.cut_off is None:
            return None
        for day in _days_from(self.get_day(moment)):
            cut_off = to_instant(day, self.cut_off, self.zone)
            if cut_off >= moment and self.get_hours(day):
                return cut_off
        return None

    def get_ready(self, start: datetime, lead_days: int = 0) -> datetime | None:
        """When the goods are packed, if work begins at ``start``."""
        if lead_days:
            day = self.get_day(start) + lead_days * DAY
            start = max(start, to_instant(day, 0, self.zone))
        left = self.lead_time
        for begin, end in self._get_hours_from(start):
            if end - begin >= left:
                return begin + left
            left -= end - begin
        return None

    def get_next_pickup(self, ready: datetime, carrier: Carrier) -> datetime | None:
        """The first collection of what is packed at ``ready``."""
        for day in _days_from(self.get_day(ready)):
            pickup = self._get_pickup(day, carrier)
            if pickup and pickup >= ready:
                return pickup
        return None

    def get_last_pickup(self, day: date, carrier: Carrier) -> datetime | None:
        """The last collection on or before a day."""
        for earlier in _days_until(day):
            if pickup := self._get_pickup(earlier, carrier):
                return pickup
        return None

    def _get_opening(self, moment: datetime) -> datetime | None:
        return next((start for start, _end in self._get_hours_from(moment)), None)

    def _get_pickup(self, day: date, carrier: Carrier) -> datetime | None:
        hours = self.get_hours(day)
        if not hours or not carrier.serves(day):
            return None
        if self.pickup is not None:
            return to_instant(day, self.pickup, self.zone)
        # What closes at midnight closes on the next day, for the calendar.
        return min(hours[-1][1], to_instant(day, LAST_MINUTE, self.zone))


@dataclass(frozen=True, slots=True)
class Promise:
    """What the buyer is told, and how it was found.

    ``is_asked`` tells that the day which the buyer asked for is kept;
    ``is_possible`` is false if it was asked for and cannot be.
    """

    ship_by: datetime
    deliver_from: date
    deliver_by: date
    start: datetime
    ready: datetime
    is_asked: bool = False
    is_possible: bool = True


def find_promise(place: Place, carrier: Carrier, sale: Sale) -> Promise | None:
    """What can be promised; None if the place or the carrier never work."""
    start = place.get_start(sale.placed_at)
    ready = start and place.get_ready(start, sale.lead_days)
    ship_by = ready and place.get_next_pickup(ready, carrier)
    if not start or not ready or not ship_by:
        return None
    earliest = _promise_from(place, carrier, ship_by, start, ready)
    if not earliest or not sale.requested:
        return earliest
    leaving = carrier.get_departure(sale.requested, carrier.transit_max)
    last = place.get_last_pickup(leaving, carrier) if leaving else None
    if not last or last < ship_by:
        return replace(earliest, is_possible=False)
    asked = _promise_from(place, carrier, last, start, ready)
    return asked and replace(asked, deliver_by=sale.requested, is_asked=True)


def find_promise_of_places(
    places: list[Place], carrier: Carrier, sale: Sale
) -> Promise | None:
    """What can be promised if several places ship a part each: the latest of them."""
    found = [find_promise(place, carrier, sale) for place in places]
    promises = [promise for promise in found if promise]
    if not promises or len(promises) < len(found):
        return None
    last = max(promises, key=lambda promise: (promise.deliver_by, promise.ship_by))
    return replace(
        last,
        ship_by=max(promise.ship_by for promise in promises),
        is_asked=all(promise.is_asked for promise in promises),
        is_possible=all(promise.is_possible for promise in promises),
    )


def to_instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When a wall clock shows this many minutes after midnight.

    Of an hour that comes twice the first counts. A time that the clock skips is
    the moment of the skip, so that what is later on the wall is never earlier.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _find_skip(before, moment, zone)


def _find_skip(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the clock changes between two moments."""
    offset = after.astimezone(zone).utcoffset()
    early, late = int(before.timestamp()), int(after.timestamp())
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return datetime.fromtimestamp(late, UTC)


def _promise_from(
    place: Place, carrier: Carrier, ship_by: datetime, start: datetime, ready: datetime
) -> Promise | None:
    day = place.get_day(ship_by)
    first = carrier.get_arrival(day, carrier.transit_min)
    last = carrier.get_arrival(day, carrier.transit_max)
    if not first or not last:
        return None
    return Promise(ship_by, first, last, start, ready)


def _without(span: Span, closed: Span) -> list[Span]:
    start, end = span
    parts = [(start, min(end, closed[0])), (max(start, closed[1]), end)]
    return [part for part in parts if part[0] < part[1]]


def _days_from(day: date) -> Iterator[date]:
    return (day + number * DAY for number in range(HORIZON))


def _days_after(day: date) -> Iterator[date]:
    return _days_from(day + DAY)


def _days_until(day: date) -> Iterator[date]:
    return (day - number * DAY for number in range(HORIZON))


def _nth(days: Iterator[date], number: int) -> date | None:
    return next((day for index, day in enumerate(days) if index == number), None)

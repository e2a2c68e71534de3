# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_core.engine.promise import (
    Carrier,
    Place,
    Sale,
    find_promise,
    find_promise_of_places,
    to_instant,
)

PARIS = ZoneInfo("Europe/Paris")
OFFICE = ((480, 720), (780, 1020))  # 8 to 12, 13 to 17
WEEK = (*([OFFICE] * 5), (), ())
PLACE = Place(PARIS, (WEEK,))
CARRIER = Carrier(transit_min=1, transit_max=2)
MONDAY = date(2026, 1, 5)


def at(day, hour, minute=0, zone=PARIS):
    return datetime(2026, 1, day, hour, minute, tzinfo=zone).astimezone(UTC)


def promise(placed_at, place=PLACE, carrier=CARRIER, **values):
    return find_promise(place, carrier, Sale(placed_at, **values))


# === SHIP BY ===

SHIP_CASES = [
    ("before the opening", at(5, 3), PLACE, at(5, 17)),
    ("a minute before the cut-off", at(5, 13, 59), PLACE, at(5, 17)),
    ("at the cut-off", at(5, 14), PLACE, at(5, 17)),
    ("a minute after the cut-off", at(5, 14, 1), PLACE, at(6, 17)),
    ("Friday after the cut-off", at(9, 15), PLACE, at(12, 17)),
    ("on a Saturday", at(10, 9), PLACE, at(12, 17)),
    ("without a cut-off", at(5, 16, 59), replace(PLACE, cut_off=None), at(5, 17)),
    ("after closing time", at(5, 17), replace(PLACE, cut_off=None), at(6, 17)),
    (
        "three hours of work",
        at(5, 13, 30),
        replace(PLACE, lead_time=timedelta(hours=3)),
        at(5, 17),
    ),
    (
        "more work than the day has left",
        at(5, 13, 30),
        replace(PLACE, lead_time=timedelta(hours=4)),
        at(6, 17),
    ),
    (
        "two days of work over the weekend",
        at(9, 7),
        replace(PLACE, lead_time=timedelta(hours=16)),
        at(12, 17),
    ),
    ("the carrier comes at noon", at(5, 9), replace(PLACE, pickup=720), at(5, 12)),
    ("and has just left", at(5, 12, 1), replace(PLACE, pickup=720), at(6, 12)),
    (
        "a holiday",
        at(5, 9),
        replace(PLACE, closed=((at(5, 0), at(6, 0)),)),
        at(6, 17),
    ),
    (
        "closed for the afternoon",
        at(5, 9),
        replace(PLACE, closed=((at(5, 12), at(6, 0)),)),
        at(5, 12),
    ),
]


@pytest.mark.parametrize(
    ("placed_at", "place", "ship_by"),
    [pytest.param(*case[1:], id=case[0]) for case in SHIP_CASES],
)
def test_ship_by_is_the_next_collection(placed_at, place, ship_by):
    assert promise(placed_at, place).ship_by == ship_by


def test_the_cut_off_is_read_on_the_clock_of_the_place():
    reno = replace(PLACE, zone=ZoneInfo("America/Los_Angeles"))
    placed_at = at(5, 21)  # noon in Reno, after the cut-off in Paris
    assert promise(placed_at, reno).ship_by == at(5, 17, zone=reno.zone)
    assert promise(placed_at).ship_by == at(6, 17)


CUT_OFF_CASES = [
    ("in the morning", at(5, 9), PLACE, at(5, 14)),
    ("after it", at(5, 14, 1), PLACE, at(6, 14)),
    ("before the weekend", at(9, 15), PLACE, at(12, 14)),
    ("a holiday", at(5, 9), replace(PLACE, closed=((at(5, 0), at(6, 0)),)), at(6, 14)),
    ("without one", at(5, 9), replace(PLACE, cut_off=None), None),
    ("never open", at(5, 9), replace(PLACE, weeks=(((),) * 7,)), None),
]


@pytest.mark.parametrize(
    ("moment", "place", "cut_off"),
    [case[1:] for case in CUT_OFF_CASES],
    ids=[case[0] for case in CUT_OFF_CASES],
)
def test_next_cut_off_is_on_a_working_day(moment, place, cut_off):
    assert place.get_next_cut_off(moment) == cut_off


def test_goods_made_to_order_leave_after_their_lead_time():
    assert promise(at(5, 9), lead_days=5).ship_by == at(12, 17)


def test_weeks_take_turns():
    closed = ((),) * 7
    place = replace(PLACE, weeks=(WEEK, closed))
    days = [promise(at(day, 9), place).ship_by for day in range(5, 31)]
    assert len({day.isocalendar().week % 2 for day in days}) == 1


def test_a_place_that_never_opens_promises_nothing():
    assert promise(at(5, 9), replace(PLACE, weeks=(((),) * 7,))) is None


def test_a_carrier_that_never_drives_promises_nothing():
    assert promise(at(5, 9), carrier=Carrier(weekdays=frozenset())) is None


# === DELIVER BY ===

DELIVERY_CASES = [
    ("in the week", at(5, 9), CARRIER, (6, 7)),
    ("over the weekend", at(8, 9), CARRIER, (9, 12)),
    ("every day", at(8, 9), replace(CARRIER, weekdays=frozenset(range(7))), (9, 10)),
    ("a holiday", at(5, 9), replace(CARRIER, holidays={date(2026, 1, 6)}), (7, 8)),
    ("collected in the store", at(5, 9), Carrier(0, 0), (5, 5)),
]


@pytest.mark.parametrize(
    ("placed_at", "carrier", "days"),
    [pytest.param(*case[1:], id=case[0]) for case in DELIVERY_CASES],
)
def test_transit_is_counted_on_the_days_of_the_carrier(placed_at, carrier, days):
    found = promise(placed_at, carrier=carrier)
    assert (found.deliver_from.day, found.deliver_by.day) == days


def test_a_carrier_without_saturdays_collects_on_monday_what_was_packed_then():
    saturdays = (*([OFFICE] * 6), ())
    found = promise(at(10, 9), replace(PLACE, weeks=(saturdays,)))
    assert found.ship_by == at(12, 17)


# === A DAY THAT WAS ASKED FOR ===


def test_an_asked_day_is_kept_with_the_last_collection_that_makes_it():
    found = promise(at(5, 9), requested=date(2026, 1, 20))
    assert (found.ship_by, found.deliver_by) == (at(16, 17), date(2026, 1, 20))
    assert found.is_asked


def test_a_weekend_that_was_asked_for_is_met_on_friday():
    found = promise(at(5, 9), requested=date(2026, 1, 18))
    assert found.ship_by == at(14, 17)  # Wednesday, two days before Friday


def test_a_day_that_cannot_be_kept_says_so_and_promises_the_earliest():
    found = promise(at(5, 15), requested=date(2026, 1, 7))
    assert (found.is_possible, found.ship_by) == (False, at(6, 17))
    assert found.deliver_by == date(2026, 1, 8)


def test_two_places_promise_what_the_slower_one_can():
    slow = replace(PLACE, lead_time=timedelta(hours=24))
    both = find_promise_of_places([PLACE, slow], CARRIER, Sale(at(5, 9)))
    assert both == promise(at(5, 9), slow)


# === FOR ANY TIME AND ANY CLOCK ===

ZONES = (
    *("Europe/Paris", "America/New_York", "America/Havana", "Africa/Cairo"),
    *("Australia/Lord_Howe", "Asia/Kolkata", "Asia/Beirut", "Pacific/Auckland"),
    *("America/Nuuk", "Africa/Casablanca", "Pacific/Chatham", "UTC"),
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(
    datetime(2023, 1, 1),  # noqa: DTZ001  the strategy makes them aware
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
minutes = st.integers(0, 24 * 60)


@st.composite
def weeks(draw):
    """Seven days, at least one of them open."""

    def day():
        cuts = draw(st.lists(minutes, max_size=4, unique=True))
        cuts = sorted(cuts)[: len(cuts) // 2 * 2]
        return tuple(zip(cuts[::2], cuts[1::2], strict=True))

    return (*(day() for _number in range(6)), ((540, 1080),))


@st.composite
def places(draw):
    return Place(
        zone=draw(zones),
        weeks=tuple(draw(st.lists(weeks(), min_size=1, max_size=2))),
        cut_off=draw(st.none() | minutes),
        pickup=draw(st.none() | st.integers(0, 24 * 60 - 1)),
        lead_time=timedelta(minutes=draw(st.integers(0, 3000))),
    )


carriers = st.builds(
    lambda low, more, days: Carrier(low, low + more, frozenset(days | {6})),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sets(st.integers(0, 6)),
)


@given(places(), carriers, moments, st.integers(0, 10))
def test_a_promise_is_never_on_a_day_when_nobody_works(place, carrier, moment, lead):
    found = promise(moment, place, carrier, lead_days=lead)
    day = place.get_day(found.ship_by)
    assert place.get_hours(day)
    assert carrier.serves(day)
    assert carrier.serves(found.deliver_by)


@given(places(), carriers, moments, st.integers(0, 10))
def test_things_happen_in_their_order(place, carrier, moment, lead):
    found = promise(moment, place, carrier, lead_days=lead)
    assert moment <= found.start <= found.ready <= found.ship_by
    assert place.get_day(found.ship_by) <= found.deliver_from <= found.deliver_by


@given(places(), carriers, moments, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_who_orders_later_is_not_promised_earlier(place, carrier, moment, later):
    first, second = (promise(t, place, carrier) for t in (moment, moment + later))
    assert first.ship_by <= second.ship_by
    assert first.deliver_by <= second.deliver_by


@given(places(), carriers, moments, st.integers(0, 40))
def test_an_asked_day_is_kept_or_refused(place, carrier, moment, days):
    day = place.get_day(moment) + timedelta(days=days)
    found = promise(moment, place, carrier, requested=day)
    earliest = promise(moment, place, carrier)
    arrival = carrier.get_arrival(place.get_day(found.ship_by), carrier.transit_max)
    if found.is_possible:
        assert earliest.ship_by <= found.ship_by
        assert arrival <= found.deliver_by == day
    else:
        assert found == replace(earliest, is_possible=False)
        assert earliest.deliver_by > day


@given(zones, st.dates(date(2023, 1, 1), date(2030, 1, 1)), minutes, minutes)
def test_what_is_later_on_the_wall_is_not_earlier(zone, day, minute, other):
    early, late = sorted((minute, other))
    assert to_instant(day, early, zone) <= to_instant(day, late, zone)


@given(zones, moments)
def test_the_wall_clock_and_the_instant_agree(zone, moment):
    moment = moment.replace(second=0, microsecond=0)
    wall = moment.astimezone(zone)
    again = to_instant(wall.date(), wall.hour * 60 + wall.minute, zone)
    assert again == moment or wall.fold


CHANGES = [
    ("spring", date(2026, 3, 29), 23),
    ("autumn", date(2026, 10, 25), 25),
    ("any other day", date(2026, 6, 1), 24),
]


@pytest.mark.parametrize(
    ("day", "hours"), [pytest.param(*case[1:], id=case[0]) for case in CHANGES]
)
def test_a_day_has_as_many_hours_as_the_clock_gives_it(day, hours):
    span = to_instant(day, 24 * 60, PARIS) - to_instant(day, 0, PARIS)
    assert span == timedelta(hours=hours)


def test_work_through_the_night_of_the_change_takes_an_hour_longer_on_the_wall():
    night = ((((0, 1440),),) * 7,)
    place = Place(PARIS, night, cut_off=None, lead_time=timedelta(hours=8))
    placed_at = datetime(2026, 3, 28, 23, tzinfo=PARIS).astimezone(UTC)
    ready = promise(placed_at, place).ready.astimezone(PARIS)
    assert (ready.day, ready.hour) == (29, 8)


@given(places(), moments)
def test_a_minute_decides_at_the_cut_off(place, moment):
    place = replace(place, cut_off=840)
    day = place.get_day(moment)
    cut_off = to_instant(day, 840, place.zone)
    before, after = (
        place.get_start(cut_off),
        place.get_start(cut_off + timedelta(minutes=1)),
    )
    if place.get_hours(day):
        assert place.get_day(after) > day
    assert before <= after

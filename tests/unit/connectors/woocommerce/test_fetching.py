# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders are read whole, and none is missed whatever moves meanwhile."""

import copy
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from emulators.woocommerce import refunds
from odoo.addons.oms_channels.connectors.woocommerce import client as client_module
from odoo.addons.oms_channels.connectors.woocommerce import fetching, mapper
from odoo.addons.oms_channels.engine.errors import (
    Misconfigured,
    Rejected,
    Retry,
)

LONG_AGO = datetime(2020, 1, 1)  # noqa: DTZ001 - as Odoo keeps times


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(
        "odoo.addons.oms_channels.connectors.woocommerce.client.PAGE", 5
    )
    monkeypatch.setattr(fetching, "PAGE", 5)


def walk(client, since=LONG_AGO, status="any"):
    """All orders, as a poll reads them."""
    found, cursor = [], None
    while True:
        rows, cursor = fetching.fetch_page(client, since, cursor, status)
        found += rows
        if not cursor:
            return found


def numbers(rows):
    return [row["id"] for row in rows]


def test_all_orders_are_read_once(client, place):
    placed = [place()["id"] for _turn in range(23)]
    assert numbers(walk(client)) == placed


def test_exact_number_of_pages_ends(client, place):
    placed = [place()["id"] for _turn in range(9)]
    assert numbers(walk(client)) == placed


def test_orders_that_change_while_they_are_read_are_not_missed(shop, client, place):
    placed = {place()["id"] for _turn in range(23)}
    shop.faults.set({"page_drift": True})
    assert set(numbers(walk(client))) == placed


def test_orders_that_vanish_while_they_are_read_take_no_others_along(
    shop, client, place
):
    placed = [place() for _turn in range(23)]
    shop.faults.set({"vanish": 3})
    found = numbers(walk(client))
    missed = [order["status"] for order in placed if order["id"] not in found]
    assert set(missed) <= {"trash"}


def test_whole_page_that_vanishes_takes_no_others_along(shop, client, place):
    placed = [place() for _turn in range(14)]
    rows, cursor = fetching.fetch_page(client, LONG_AGO, None)
    for order in placed[:5]:
        shop.store.trash(order)
    while cursor:
        more, cursor = fetching.fetch_page(client, LONG_AGO, cursor)
        rows += more
    assert set(numbers(rows)) == {order["id"] for order in placed}


def test_shop_s_own_time_is_not_taken_for_utc(shop, client, place):
    now = shop.store.clock()
    place()
    assert len(walk(client, now - timedelta(seconds=30))) == 1
    assert walk(client, now + timedelta(seconds=30)) == []


# When New York's clock is set, in UTC: an hour comes twice there, or is left out.
CHANGES = {"back": "2026-11-01T06:00:00", "forward": "2026-03-08T07:00:00"}


@pytest.fixture(params=CHANGES)
def changed_around_the_hour(request, shop, place):
    """(the moment, an order before and after a change ten minutes around it)"""
    moment, clock = datetime.fromisoformat(CHANGES[request.param]), shop.store.clock
    shop.store.zone = ZoneInfo("America/New_York")
    shop.store.clock = lambda: moment - timedelta(minutes=10)
    order = place()
    before = copy.deepcopy(order)
    shop.store.clock = lambda: moment + timedelta(minutes=10)
    shop.store.touch(order)
    # Calls are signed with the time, which must be that of the shop.
    shop.store.clock = clock
    return moment, before, order


def test_order_changed_when_clocks_are_set_is_in_its_window(
    client, changed_around_the_hour
):
    moment, _before, order = changed_around_the_hour
    assert numbers(walk(client, moment)) == [order["id"]]


def test_order_changed_when_clocks_are_set_is_in_no_later_window(
    client, changed_around_the_hour
):
    moment, _before, _order = changed_around_the_hour
    assert walk(client, moment + timedelta(minutes=11)) == []


def test_version_after_clocks_are_set_is_the_newer_one(changed_around_the_hour):
    _moment, before, after = changed_around_the_hour
    assert mapper.order_key(before)[1] < mapper.order_key(after)[1]


def test_orders_of_one_second_are_all_read(shop, client, place):
    now = shop.store.clock()
    shop.store.clock = lambda: now
    placed = [place()["id"] for _turn in range(7)]
    assert numbers(walk(client, now - timedelta(seconds=1))) == placed


def test_old_shop_that_lists_everything_is_filtered_here(shop, client, place):
    place()
    shop.faults.set({"ignores_modified_after": True})
    assert walk(client, shop.store.clock() + timedelta(hours=1)) == []


def test_draft_is_passed_over(client, place):
    place(status="checkout-draft")
    assert walk(client) == []


def test_trash_is_a_list_of_its_own(shop, client, place):
    order = place()
    shop.store.trash(order)
    assert (walk(client), numbers(walk(client, status="trash"))) == ([], [order["id"]])


def test_order_brings_its_refunds(shop, client, place):
    order = place()
    client.post(f"orders/{order['id']}/refunds", {"amount": "1.00"})
    (row,) = walk(client)
    assert row["oms_refunds"][0]["amount"] == "1.00"


def test_order_without_a_number_stops_the_walk(shop, client, place):
    place()["id"] = "x"
    with pytest.raises(Rejected, match="whose number is x"):
        walk(client)


def test_order_is_read_again_wherever_it_is(shop, client, place):
    here, trashed, gone = place(), place(), place()
    shop.store.trash(trashed)
    del shop.store.orders[gone["id"]]
    asked = [str(order["id"]) for order in (here, trashed, gone)]
    found = fetching.read_again(client, asked)
    states = [row and row["status"] for row in map(found.get, asked)]
    assert states == ["processing", "trash", None]


@pytest.fixture
def broken(monkeypatch):
    """Paths of which every call fails, as {end of the path: error}."""
    errors = {}
    plain = client_module.Client.get

    def get(client, path, **query):
        for end, error in errors.items():
            if path.endswith(end):
                raise error
        return plain(client, path, **query)

    monkeypatch.setattr(client_module.Client, "get", get)
    return errors


def test_order_whose_refunds_cannot_be_read_delays_itself_only(
    shop, client, place, broken
):
    bad, good = place(), place()
    for order in (bad, good):
        refunds.by_hand(shop.store, order, {"amount": "1.00"})
    error = broken[f"{bad['id']}/refunds"] = Retry("not now")
    found = fetching.read_again(client, [str(bad["id"]), str(good["id"])])
    assert found[str(bad["id"])] is error
    assert found[str(good["id"])]["id"] == good["id"]


def test_order_that_is_refused_does_not_stop_the_others(shop, client, place, broken):
    bad, good = place(), place()
    refunds.by_hand(shop.store, bad, {"amount": "1.00"})
    error = broken[f"{bad['id']}/refunds"] = Rejected("no")
    found = fetching.read_again(client, [str(bad["id"]), str(good["id"])])
    assert found[str(bad["id"])] is error
    assert found[str(good["id"])]["id"] == good["id"]


def test_list_that_breaks_is_read_one_by_one(client, place, broken):
    bad, good = place(), place()
    broken["orders"] = Retry("broken page")
    error = broken[f"orders/{bad['id']}"] = Retry("broken order")
    found = fetching.read_again(client, [str(bad["id"]), str(good["id"])])
    assert found[str(bad["id"])] is error
    assert found[str(good["id"])]["id"] == good["id"]


def test_shop_that_fails_again_and_again_is_not_asked_for_the_rest(client, broken):
    broken["orders"] = Retry("down")
    broken |= {f"orders/{number}": Retry(str(number)) for number in range(1, 9)}
    found = fetching.read_again(client, [str(number) for number in range(1, 9)])
    assert [str(error) for error in found.values()] == [*"12", *"333333"]


def test_credentials_that_fail_fail_for_all(client, place, broken):
    broken["orders"] = Misconfigured("wrong key")
    with pytest.raises(Misconfigured):
        fetching.read_again(client, [str(place()["id"])])

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders fetched from the emulator, and the same orders as its webhooks tell them."""

import contextlib
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from emulators.shopify import orders, payload
from emulators.shopify.refund_wishes import refund_by_hand
from emulators.shopify.server import Emulator
from emulators.shopify.store import ShopError
from odoo.addons.oms_channels.connectors.shopify import fetching, mapper
from odoo.addons.oms_channels.connectors.shopify.client import Client
from odoo.addons.oms_channels.engine.errors import Retry

# Without zone, as Odoo keeps moments.
LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00")


def _fetch(client, since=LONG_AGO):
    found, cursor = [], None
    while True:
        page, cursor = fetching.fetch_page(client, since, cursor)
        found += page
        if not cursor:
            return found


def _ids(rows):
    return sorted(int(row["legacyResourceId"]) for row in rows)


def test_all_orders_are_fetched(client, place):
    placed = [place() for _turn in range(20)]
    assert _ids(_fetch(client)) == sorted(order.id for order in placed)


def test_orders_come_in_the_order_of_their_change(client, place):
    for _turn in range(20):
        place()
    moments = [row["updatedAt"] for row in _fetch(client)]
    assert moments == sorted(moments)


def test_orders_that_changed_before_are_left_out(client, place):
    old, new = place(age=3600), place()
    since = new.updated_at.replace(tzinfo=None) - timedelta(minutes=5)
    assert _ids(_fetch(client, since)) == [new.id]
    assert old.id < new.id


def test_no_order_is_lost_while_others_move(client, shop, place):
    placed = [place() for _turn in range(20)]
    shop.faults.set({"page_drift": 3})
    assert set(_ids(_fetch(client))) == {order.id for order in placed}


def test_page_size_that_the_shop_granted_is_kept(server):
    cost = {"message": "too much", "extensions": {"code": "MAX_COST_EXCEEDED"}}
    more = {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": "abc:d"}}
    for body in ({"errors": [cost]}, *[{"data": {"orders": more}}] * 2):
        server.answers.append((200, {}, json.dumps(body).encode()))
    with Client(server.url, "shpat_test") as client:
        _orders, cursor = fetching.fetch_page(client, LONG_AGO, None)
        fetching.fetch_page(client, LONG_AGO, cursor)
    asked = [json.loads(row.body)["variables"] for row in server.requests]
    assert [(row["first"], row["after"]) for row in asked] == [
        (5, None),
        (2, None),
        (2, "abc:d"),
    ]


def test_order_of_many_lines_is_whole(client, place):
    place(lines=[{"sku": f"MANY-{turn}", "quantity": 1} for turn in range(130)])
    (order,) = _fetch(client)
    lines = order["lineItems"]
    assert (len(lines["nodes"]), lines["pageInfo"]["hasNextPage"]) == (130, False)


@pytest.mark.parametrize(
    "fault", ["error_5xx_before", "html_instead_of_json", "truncated_body"]
)
def test_fault_stops_the_fetch_and_loses_nothing(client, shop, place, fault):
    placed = place()
    shop.faults.set({fault: 1})
    with pytest.raises(Retry):
        _fetch(client)
    assert _ids(_fetch(client)) == [placed.id]


# === BOTH WAYS ===


def _both(client, shop):
    """[(order by webhook, order by poll)], mapped."""
    polled = {int(node["legacyResourceId"]): node for node in _fetch(client)}
    with shop.store.lock:
        bodies = {
            order.id: json.loads(json.dumps(payload.order(shop.store, order)))
            for order in shop.store.orders.values()
        }
    assert polled.keys() == bodies.keys()
    return [
        (mapper.order_from_payload(bodies[key]), mapper.order_from_payload(polled[key]))
        for key in bodies
    ]


def _change(shop, placed):
    """Some orders are edited, refunded, cancelled; not all of them can be."""
    store = shop.store
    cancel = {"reason": "customer", "restock": True, "refund": True}
    with store.lock:
        for order in placed[0::5]:
            orders.edit(store, order, {})
        for order in placed[1::5]:
            with contextlib.suppress(ShopError):
                refund_by_hand(store, order, {})
                store.touch(order)
        for order in placed[2::5]:
            orders.cancel(store, order, **cancel)
        for order in placed[3::5]:
            with contextlib.suppress(ShopError):
                orders.pay(store, order)


@pytest.fixture(scope="module", params=["net", "gross"])
def twins(request):
    """Sixty orders of all kinds, as the shop tells them in its two ways."""
    with Emulator(seed=11, taxes_included=request.param == "gross") as shop:
        shop.bucket.resize(1e6, 1e6)
        with shop.store.lock:
            placed = [orders.place(shop.store) for _turn in range(60)]
        _change(shop, placed)
        with Client(shop.url, shop.token) as client:
            yield _both(client, shop)


def _unlike(twins, *names):
    """Orders that differ in one of these, with both values."""
    return [
        (hooked.number, name, getattr(hooked, name), getattr(polled, name))
        for hooked, polled in twins
        for name in names
        if getattr(hooked, name) != getattr(polled, name)
    ]


def test_key_and_version_are_the_same_both_ways(twins):
    assert _unlike(twins, "external_id", "version", "number", "placed_at") == []


def test_people_are_the_same_both_ways(twins):
    assert _unlike(twins, "customer", "ship_to", "bill_to") == []


def test_amounts_are_the_same_both_ways(twins):
    assert _unlike(twins, "currency", "total", "lines_total", "taxes_included") == []


def test_lines_are_the_same_both_ways(twins):
    """The barcode of a product is in the poll only."""
    plain = [
        tuple(
            replace(order, lines=tuple(replace(ln, barcode="") for ln in order.lines))
            for order in pair
        )
        for pair in twins
    ]
    assert _unlike(plain, "lines") == []


def test_remarks_are_the_same_both_ways(twins):
    names = ("note", "gift_note", "tags", "purchase_order", "shipping_method")
    assert _unlike(twins, *names, "cancelled_at", "cancel_reason", "is_test") == []


def test_lines_add_up_to_the_total(twins):
    wrong = [
        (order.number, order.total, order.lines_total)
        for pair in twins
        for order in pair
        if order.total != order.lines_total
    ]
    assert wrong == []

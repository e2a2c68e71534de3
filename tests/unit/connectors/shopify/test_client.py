# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The client against a shop that works, and against one that does not."""

import json

import pytest

import emulators.shopify
from emulators.shopify import orders
from odoo.addons.oms_channels.connectors.shopify import documents
from odoo.addons.oms_channels.connectors.shopify.client import (
    API_VERSION,
    PATIENCE,
    Client,
    TooCostly,
)
from odoo.addons.oms_channels.engine.errors import (
    ChannelError,
    Misconfigured,
    Rejected,
    Retry,
)

TOKEN = "shpat_test"


@pytest.fixture
def told(server):
    """A client of a shop that answers what the test tells it to."""
    with Client(server.url, TOKEN) as client:
        yield client


def _answer(server, **body):
    server.answers.append((200, {}, json.dumps(body).encode()))


def _fail(server, code, message="it is so"):
    error = {"message": message, "extensions": {"code": code}}
    _answer(server, errors=[error])


def _place(shop, count=1, **wishes):
    with shop.store.lock:
        return [orders.place(shop.store, wishes) for _turn in range(count)]


# === CALLS ===


def test_shop_answers(client, shop):
    assert client.ask(documents.SHOP)["shop"]["name"] == shop.store.name


def test_client_speaks_the_version_that_the_emulator_emulates():
    assert API_VERSION == emulators.shopify.API_VERSION


def test_client_knows_the_version_that_answered(client):
    client.ask(documents.SHOP)
    assert client.served_version == API_VERSION


def test_other_version_is_asked_for(shop):
    with Client(shop.url, shop.token, "2026-04") as client:
        assert client.ask(documents.SHOP)["shop"]


def test_document_travels_with_name_and_variables(told, server):
    _answer(server, data={"order": None})
    told.ask(documents.FULFILMENTS, id="gid://shopify/Order/1")
    body = json.loads(server.requests[0].body)
    assert (body["operationName"], body["variables"]) == (
        "OmsFulfilments",
        {"id": "gid://shopify/Order/1"},
    )


# === SETTINGS ===


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("", TOKEN), "shop_url"),
        (("http://shop.example.com", TOKEN), "shop_url"),
        (("https://shop.example.com", ""), "api_token"),
        (("https://shop.example.com", "two words"), "api_token"),
        (("https://shop.example.com", "sh\u00f6p"), "api_token"),
        (("https://shop.example.com", TOKEN, "newest"), "api_version"),
        (("https://shop.example.com", TOKEN, "2026-10/../.."), "api_version"),
    ],
)
def test_useless_setting_is_named(arguments, field):
    with pytest.raises(Misconfigured) as caught:
        Client(*arguments)
    assert caught.value.field == field


def test_wrong_token_is_a_setting(shop):
    with Client(shop.url, "shpat_wrong") as client:
        with pytest.raises(Misconfigured, match="does not accept the credentials"):
            client.ask(documents.SHOP)


def test_version_that_the_shop_does_not_know_is_a_setting(shop):
    with Client(shop.url, shop.token, "2099-01") as client:
        with pytest.raises(Misconfigured, match="address and API version"):
            client.ask(documents.SHOP)


# === LIMITS ===


def test_throttled_call_is_repeated(client, shop, naps):
    shop.faults.set({"throttle": 2})
    assert client.ask(documents.SHOP)["shop"]
    assert naps == [1.0, 1.0]


def test_call_that_stays_throttled_comes_later(client, shop):
    shop.faults.set({"throttle": True})
    with pytest.raises(Retry, match="no more calls"):
        client.ask(documents.SHOP)


def _cost(requested, available):
    status = {
        "maximumAvailable": 2000.0,
        "currentlyAvailable": available,
        "restoreRate": 100.0,
    }
    return {"cost": {"requestedQueryCost": requested, "throttleStatus": status}}


def test_refused_call_waits_until_the_bucket_can_pay_it(server, naps):
    refusal = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
    _answer(server, errors=[refusal], extensions=_cost(400, 100.0))
    _answer(server, data={"shop": {}}, extensions=_cost(400, 0.0))
    with Client(server.url, TOKEN, sleep=naps.append) as client:
        client.ask(documents.SHOP)
    assert naps == [pytest.approx(3.0, abs=0.1)]


def test_call_that_the_bucket_cannot_pay_waits_before_it_is_refused(server, naps):
    with Client(server.url, TOKEN, sleep=naps.append) as client:
        for _turn in range(2):
            _answer(server, data={"shop": {}}, extensions=_cost(400, 100.0))
            client.ask(documents.SHOP)
    assert naps == [pytest.approx(3.0, abs=0.1)]


def test_long_wait_is_left_to_the_queue(client, shop, naps):
    shop.bucket.resize(100, 0.5)
    shop.bucket.reserve(100)
    with pytest.raises(Retry) as caught:
        client.ask(documents.FULFILMENTS, id="gid://shopify/Order/1")
    assert (caught.value.after > PATIENCE, naps) == (True, [])


# === ERRORS ===


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("error_5xx_before", Retry, "HTTP 503"),
        ("error_5xx_after_effect", Retry, "HTTP 502"),
        ("expired_token", Misconfigured, "credentials"),
        ("html_instead_of_json", Retry, "web page"),
        ("truncated_body", Retry, "broke off"),
    ],
)
def test_fault_tells_who_acts(client, shop, fault, error, words):
    shop.faults.set({fault: 1})
    with pytest.raises(error, match=words):
        client.ask(documents.SHOP)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("ACCESS_DENIED", Misconfigured),
        ("SHOP_INACTIVE", Misconfigured),
        ("MAX_COST_EXCEEDED", TooCostly),
        ("INTERNAL_SERVER_ERROR", Retry),
        ("TIMEOUT", Retry),
        ("BAD_REQUEST", Rejected),
        ("INVALID_VARIABLE", Rejected),
        ("undefinedField", Misconfigured),
    ],
)
def test_code_tells_who_acts(told, server, code, error):
    _fail(server, code, "the reason")
    with pytest.raises(error, match="the reason"):
        told.ask(documents.SHOP)


def test_field_that_the_shop_does_not_know_is_a_matter_of_the_version(told, server):
    _fail(server, "undefinedField")
    with pytest.raises(Misconfigured) as caught:
        told.ask(documents.SHOP)
    assert caught.value.field == "api_version"


@pytest.mark.parametrize(
    "body",
    [
        {"errors": "Not allowed"},
        {"errors": [None]},
        {"errors": [{"message": None, "extensions": None}]},
        {"data": None},
        {"data": []},
        {},
    ],
)
def test_strange_answer_is_an_error_of_ours(told, server, body):
    _answer(server, **body)
    with pytest.raises(ChannelError):
        told.ask(documents.SHOP)


def test_list_instead_of_an_object_is_an_error_of_ours(told, server):
    server.answers.append((200, {}, b"[1]"))
    with pytest.raises(Retry):
        told.ask(documents.SHOP)


def test_token_in_an_error_is_masked(told, server):
    _fail(server, "ACCESS_DENIED", f"{TOKEN} may not")
    with pytest.raises(Misconfigured) as caught:
        told.ask(documents.SHOP)
    assert TOKEN not in str(caught.value)


# === CHANGES ===


def test_refused_change_names_field_and_reason(client):
    parcel = {
        "lineItemsByFulfillmentOrder": [
            {"fulfillmentOrderId": "gid://shopify/FulfillmentOrder/404"}
        ]
    }
    with pytest.raises(Rejected, match="does not exist") as caught:
        client.change(documents.CREATE_FULFILMENT, fulfillment=parcel)
    assert caught.value.field == "fulfillment"


def test_change_that_is_under_way_is_waited_for(told, server):
    error = {"code": "IDEMPOTENCY_CONCURRENT_REQUEST", "field": None, "message": "busy"}
    _answer(server, data={"inventorySetQuantities": {"userErrors": [error]}})
    with pytest.raises(Retry):
        told.change(documents.SET_QUANTITIES, input={}, key="k")


def test_errors_under_another_name_are_seen(told, server):
    """``orderCancel`` calls them ``orderCancelUserErrors``."""
    error = {"field": ["orderId"], "message": "too late"}
    _answer(server, data={"orderCancel": {"orderCancelUserErrors": [error]}})
    with pytest.raises(Rejected, match="too late"):
        told.change(documents.CREATE_FULFILMENT)


# === PAGES ===


def test_all_pages_are_read(client, shop):
    placed = _place(shop, 23)
    found = client.list_all(documents.ORDERS, "orders", query="")
    assert sorted(row["legacyResourceId"] for row in found) == sorted(
        str(order.id) for order in placed
    )


def test_page_that_is_too_dear_is_halved(told, server):
    _fail(server, "MAX_COST_EXCEEDED")
    _fail(server, "MAX_COST_EXCEEDED")
    _answer(server, data={"orders": {"nodes": [], "pageInfo": {"hasNextPage": False}}})
    page, size = told.get_page(documents.ORDERS, "orders", 10, query="")
    asked = [json.loads(row.body)["variables"]["first"] for row in server.requests]
    assert (asked, size, page["nodes"]) == ([10, 5, 2], 2, [])


def test_single_row_that_is_too_dear_is_an_error(told, server):
    for _turn in range(4):
        _fail(server, "MAX_COST_EXCEEDED")
    with pytest.raises(TooCostly):
        told.get_page(documents.ORDERS, "orders", 10, query="")


def test_pages_of_what_is_not_there_are_empty(client):
    lines = client.list_all(
        documents.ORDER_LINES, "order.lineItems", id="gid://shopify/Order/404"
    )
    assert [*lines] == []

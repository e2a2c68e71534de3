# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parcels, stock and what the shop refuses about them."""

import uuid

import pytest

OPEN = """query ($id: ID!) { order(id: $id) { displayFulfillmentStatus
  lineItems(first: 5) { nodes { sku unfulfilledQuantity } }
  fulfillments(first: 5) { id status trackingInfo { company number url } }
  fulfillmentOrders(first: 5) { nodes { id status assignedLocation { location { id } }
    lineItems(first: 5) { nodes {
      id remainingQuantity totalQuantity lineItem { sku } } } } } } }"""
SHIP = """mutation ($parcel: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $parcel) {
    fulfillment { id status totalQuantity trackingInfo { company number url } }
    userErrors { field message } } }"""
SET = """mutation ($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { changes { name delta } }
    userErrors { code field message } } }"""
LEVEL = """query ($q: String!) { inventoryItems(first: 1, query: $q) { nodes { id
  inventoryLevels(first: 5) { nodes { location { id name }
    quantities(names: ["available", "on_hand", "committed"]) {
      name quantity } } } } } }"""


def _open(client, order):
    return client.ask(OPEN, id=order["gid"])["order"]


def _ship(client, source, *lines, number="1Z999", **values):
    parcel = {
        "lineItemsByFulfillmentOrder": [
            {
                "fulfillmentOrderId": source["id"],
                "fulfillmentOrderLineItems": [
                    {"id": key, "quantity": units} for key, units in lines
                ],
            }
        ],
        "trackingInfo": {"company": "UPS", "number": number, **values},
    }
    return client.ask(SHIP, parcel=parcel)["fulfillmentCreate"]


def _stock(client, sku, location=0):
    (item,) = client.ask(LEVEL, q=f'sku:"{sku}"')["inventoryItems"]["nodes"]
    level = item["inventoryLevels"]["nodes"][location]
    amounts = {row["name"]: row["quantity"] for row in level["quantities"]}
    return item["id"], level["location"]["id"], amounts


# === PARCELS ===
def test_order_opens_one_fulfilment_order_with_all_its_goods(client):
    order = client.place_plain(
        lines=[
            {"sku": "JACKET-M", "quantity": 3},
            {"sku": "007-LAMP", "quantity": 1},
        ]
    )
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    assert source["status"] == "OPEN"
    assert [
        (row["lineItem"]["sku"], row["totalQuantity"], row["remainingQuantity"])
        for row in source["lineItems"]["nodes"]
    ] == [("JACKET-M", 3, 3), ("007-LAMP", 1, 1)]


def test_goods_without_shipping_are_fulfilled_apart(client):
    order = client.place_plain(lines=[{"sku": "JACKET-M"}, {"sku": "EBOOK"}])
    sources = _open(client, order)["fulfillmentOrders"]["nodes"]
    assert [len(row["lineItems"]["nodes"]) for row in sources] == [1, 1]


def test_part_of_an_order_is_sent_and_the_rest_stays_open(client):
    order = client.place_plain()
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    (line,) = source["lineItems"]["nodes"]
    made = _ship(client, source, (line["id"], 2), url="https://example.com/1Z999")
    assert made["userErrors"] == []
    after = _open(client, order)
    assert after["displayFulfillmentStatus"] == "PARTIALLY_FULFILLED"
    assert after["lineItems"]["nodes"][0]["unfulfilledQuantity"] == 1
    assert after["fulfillments"][0]["trackingInfo"] == [
        {"company": "UPS", "number": "1Z999", "url": "https://example.com/1Z999"}
    ]


def test_without_lines_all_that_is_left_is_sent(client):
    order = client.place_plain()
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    _ship(client, source, (source["lineItems"]["nodes"][0]["id"], 1))
    assert _ship(client, source)["fulfillment"]["totalQuantity"] == 2
    after = _open(client, order)
    assert after["displayFulfillmentStatus"] == "FULFILLED"
    assert after["fulfillmentOrders"]["nodes"][0]["status"] == "CLOSED"


def test_more_than_is_left_is_refused(client):
    order = client.place_plain()
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    made = _ship(client, source, (source["lineItems"]["nodes"][0]["id"], 4))
    assert made["fulfillment"] is None
    assert "quantity" in made["userErrors"][0]["message"]
    assert _open(client, order)["fulfillments"] == []


def test_closed_fulfilment_order_sends_nothing_more(client):
    order = client.place_plain()
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    _ship(client, source)
    made = _ship(client, source)
    assert "unfulfillable status= closed" in made["userErrors"][0]["message"]


def test_parcel_of_two_orders_is_refused(client):
    sources = [
        _open(client, client.place_plain())["fulfillmentOrders"]["nodes"][0]
        for _turn in range(2)
    ]
    parcel = {
        "lineItemsByFulfillmentOrder": [
            {"fulfillmentOrderId": row["id"]} for row in sources
        ]
    }
    made = client.ask(SHIP, parcel=parcel)["fulfillmentCreate"]
    assert "same order" in made["userErrors"][0]["message"]


def test_tracking_is_changed(client):
    order = client.place_plain()
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    made = _ship(client, source)["fulfillment"]
    client.ask(
        """mutation ($id: ID!) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id,
        trackingInfoInput: {company: "DHL", numbers: ["A", "B"]}) {
          userErrors { message } } }""",
        id=made["id"],
    )
    (after,) = _open(client, order)["fulfillments"]
    assert [row["number"] for row in after["trackingInfo"]] == ["A", "B"]


def test_cancelled_parcel_opens_its_goods_again(client):
    order = client.place_plain()
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    made = _ship(client, source)["fulfillment"]
    client.ask(
        "mutation ($id: ID!) { fulfillmentCancel(id: $id) { userErrors { message } } }",
        id=made["id"],
    )
    after = _open(client, order)
    assert after["displayFulfillmentStatus"] == "UNFULFILLED"
    assert after["fulfillmentOrders"]["nodes"][0]["status"] == "OPEN"


def test_shop_sees_parcel_and_tracking(client):
    order = client.place_plain()
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    _ship(client, source, number="TRACK-7")
    state = client.control(f"orders/{order['id']}")
    assert state["fulfillment_status"] == "fulfilled"
    assert state["fulfillments"][0]["tracking_numbers"] == ["TRACK-7"]


# === STOCK ===
def test_order_commits_stock_and_parcel_takes_it(client):
    _item, _place, before = _stock(client, "JACKET-M")
    order = client.place_plain()
    _item, _place, promised = _stock(client, "JACKET-M")
    (source,) = _open(client, order)["fulfillmentOrders"]["nodes"]
    _ship(client, source)
    _item, _place, gone = _stock(client, "JACKET-M")
    assert promised == {
        "available": before["available"] - 3,
        "on_hand": before["on_hand"],
        "committed": before["committed"] + 3,
    }
    assert gone == {
        "available": promised["available"],
        "on_hand": before["on_hand"] - 3,
        "committed": before["committed"],
    }


def _set(client, units, before, *, key=None, name="available", **values):
    item, place, _amounts = _stock(client, "JACKET-M")
    row = {"inventoryItemId": item, "locationId": place, "quantity": units}
    if before != "left out":
        row["changeFromQuantity"] = before
    wish = {"name": name, "reason": "correction", "quantities": [row | values]}
    key = key or str(uuid.uuid4())
    return client.ask(SET, input=wish, key=key)["inventorySetQuantities"]


def test_quantity_is_set_if_it_was_the_one_that_was_read(client):
    _item, _place, amounts = _stock(client, "JACKET-M")
    assert _set(client, 7, amounts["available"])["userErrors"] == []
    assert _stock(client, "JACKET-M")[2]["available"] == 7


def test_quantity_that_moved_meanwhile_is_stale(client):
    _item, _place, amounts = _stock(client, "JACKET-M")
    client.place_plain()
    answer = _set(client, 7, amounts["available"])
    assert answer["userErrors"][0]["code"] == "CHANGE_FROM_QUANTITY_STALE"
    assert _stock(client, "JACKET-M")[2]["available"] == amounts["available"] - 3


def test_null_skips_the_comparison(client):
    client.place_plain()
    assert _set(client, 7, None)["userErrors"] == []
    assert _stock(client, "JACKET-M")[2]["available"] == 7


def test_comparison_cannot_be_left_out(client):
    assert "required" in _set(client, 7, "left out")["userErrors"][0]["message"]


def test_on_hand_leaves_what_is_committed(client):
    client.place_plain()
    _set(client, 10, None, name="on_hand")
    assert _stock(client, "JACKET-M")[2] == {
        "available": 7,
        "on_hand": 10,
        "committed": 3,
    }


@pytest.mark.parametrize(
    ("values", "name", "code"),
    [
        ({}, "promised", "INVALID_NAME"),
        ({"locationId": "gid://shopify/Location/1"}, "available", "INVALID_LOCATION"),
        (
            {"inventoryItemId": "gid://shopify/InventoryItem/1"},
            "available",
            "INVALID_INVENTORY_ITEM",
        ),
        ({"quantity": 2_000_000_000}, "available", "INVALID_QUANTITY_TOO_HIGH"),
    ],
)
def test_wrong_quantities_are_refused_by_code(client, values, name, code):
    answer = _set(client, 7, None, name=name, **values)
    assert answer["userErrors"][0]["code"] == code


def test_one_wrong_row_changes_nothing(client):
    item, place, before = _stock(client, "JACKET-M")
    rows = [
        {"inventoryItemId": item, "locationId": place, "quantity": 1},
        {
            "inventoryItemId": item,
            "locationId": "gid://shopify/Location/9",
            "quantity": 1,
        },
    ]
    wish = {
        "name": "available",
        "reason": "correction",
        "quantities": [row | {"changeFromQuantity": None} for row in rows],
    }
    answer = client.ask(SET, input=wish, key="k")["inventorySetQuantities"]
    assert answer["userErrors"][0]["field"][:3] == ["input", "quantities", "1"]
    assert _stock(client, "JACKET-M")[2] == before


# === IDEMPOTENCY ===
def test_mutation_without_a_key_is_refused(client):
    document = SET.replace("@idempotent(key: $key)", "").replace(", $key: String!", "")
    wish = {"name": "available", "reason": "correction", "quantities": []}
    answer = client.call(document, input=wish)
    assert "@idempotent" in answer["errors"][0]["message"]


def test_same_key_does_it_once_and_answers_alike(client):
    _item, _place, amounts = _stock(client, "JACKET-M")
    first = _set(client, 7, amounts["available"], key="one")
    again = _set(client, 7, amounts["available"], key="one")
    assert again == first
    assert again["userErrors"] == []


def test_same_key_for_something_else_is_a_mismatch(client):
    _set(client, 7, None, key="one")
    answer = _set(client, 8, None, key="one")
    assert answer["userErrors"][0]["code"] == "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"
    assert _stock(client, "JACKET-M")[2]["available"] == 7

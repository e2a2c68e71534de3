# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Transport, paging, searching and metering of the Admin API."""

import json
from http.client import IncompleteRead

import pytest

SHOP = "{ shop { name } }"
PAGE = """query ($after: String, $query: String, $first: Int = 4) {
  orders(first: $first, after: $after, sortKey: UPDATED_AT, query: $query) {
    nodes { id name updatedAt lineItems(first: 1) {
      nodes { id } pageInfo { hasNextPage endCursor } } }
    pageInfo { hasNextPage endCursor }
  }
}"""


def _post(client, path="/admin/api/2026-10/graphql.json", token=None, query=SHOP):
    return client.send(
        path, {"query": query}, **{"X-Shopify-Access-Token": token or client.token}
    )


# === TRANSPORT ===
def test_right_token_is_answered_with_the_version(client):
    status, headers, text = _post(client)
    assert (status, headers["X-Shopify-API-Version"]) == (200, "2026-10")
    assert json.loads(text)["data"]["shop"]["name"]


def test_wrong_token_is_401(client):
    assert _post(client, token="shpat_wrong")[0] == 401


@pytest.mark.parametrize("version", ["2027-01", "2026-11", "unknown"])
def test_version_that_does_not_exist_is_404(client, version):
    assert _post(client, f"/admin/api/{version}/graphql.json")[0] == 404


def test_expired_version_is_served_by_the_supported_one(client):
    status, headers, _text = _post(client, "/admin/api/2024-04/graphql.json")
    assert (status, headers["X-Shopify-API-Version"]) == (200, "2026-10")


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ("{ shop { nme } }", "nme"),
        ("{ orders(first: 1, colour: 3) { nodes { id } } }", "colour"),
        ("{ order(id: 3.5) { id } }", "ID"),
        ("{ shop { name }", "Syntax Error"),
    ],
)
def test_document_that_does_not_fit_the_schema_is_refused(client, document, word):
    answer = client.call(document)
    assert word in answer["errors"][0]["message"]
    assert "data" not in answer


def test_unknown_field_of_a_variable_is_refused(client):
    answer = client.call(
        "mutation ($input: OrderInput!) {"
        " orderUpdate(input: $input) { userErrors { message } } }",
        input={"id": "gid://shopify/Order/1", "colour": "red"},
    )
    assert "colour" in answer["errors"][0]["message"]


def test_malformed_global_id_is_an_error(client):
    answer = client.call('{ order(id: "1001") { id } }')
    assert "Invalid global id" in answer["errors"][0]["message"]


def test_unknown_order_is_null(client):
    assert client.ask('{ order(id: "gid://shopify/Order/1") { id } }') == {
        "order": None
    }


# === PAGING ===
def _walk(client, **variables):
    names, after = [], None
    while True:
        page = client.ask(PAGE, after=after, **variables)["orders"]
        names += [row["name"] for row in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return names
        after = page["pageInfo"]["endCursor"]


def test_walk_over_pages_meets_every_order_once(client):
    placed = [row["name"] for row in client.place(11)]
    assert sorted(_walk(client)) == sorted(placed)


def test_order_that_moves_while_reading_is_not_lost(client):
    placed = [row["name"] for row in client.place(9, age=3600)]
    client.control("faults", {"page_drift": True})
    walked = _walk(client)
    assert set(walked) == set(placed)
    assert len(walked) > len(placed)


def test_reverse_walk_is_the_walk_backwards(client):
    client.place(5)
    query = "{ orders(first: 5, sortKey: ID, reverse: %s) { nodes { name } } }"
    forth = client.ask(query % "false")["orders"]["nodes"]
    assert client.ask(query % "true")["orders"]["nodes"] == forth[::-1]


def test_last_page_before_a_cursor(client):
    client.place(5)
    edges = client.ask(
        "{ orders(first: 5, sortKey: ID) { edges { cursor node { id } } } }"
    )
    edges = edges["orders"]["edges"]
    answer = client.ask(
        """query ($c: String) {
          orders(last: 2, before: $c, sortKey: ID) { nodes { id } } }""",
        c=edges[3]["cursor"],
    )
    assert answer["orders"]["nodes"] == [edges[1]["node"], edges[2]["node"]]


def test_lines_page_on_their_own(client):
    lines = [{"sku": sku, "quantity": 1} for sku in ("JACKET-M", "4711", "EBOOK")]
    order = client.place_plain(lines=lines)
    query = """query ($id: ID!, $after: String) { order(id: $id) {
      lineItems(first: 2, after: $after) {
        nodes { sku } pageInfo { hasNextPage endCursor } } } }"""
    first = client.ask(query, id=order["gid"])["order"]["lineItems"]
    assert first["pageInfo"]["hasNextPage"]
    rest = client.ask(query, id=order["gid"], after=first["pageInfo"]["endCursor"])
    rest = rest["order"]["lineItems"]
    assert not rest["pageInfo"]["hasNextPage"]
    assert [row["sku"] for row in first["nodes"] + rest["nodes"]] == [
        line["sku"] for line in lines
    ]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [("", "first or last"), ("(first: 251)", "250"), ("(first: -1)", "non-negative")],
)
def test_page_size_must_be_given_and_small(client, arguments, word):
    answer = client.call(f"{{ orders{arguments} {{ nodes {{ id }} }} }}")
    assert word in answer["errors"][0]["message"]


# === SEARCHING ===
def test_orders_changed_since_a_moment(client):
    old = client.place(2, age=7200)
    new = client.place(2)
    since = f"updated_at:>='{new[0]['updated_at']}'"
    assert set(_walk(client, query=since)) == {row["name"] for row in new}
    assert set(_walk(client, query="updated_at:<'2200-01-01'")) == {
        row["name"] for row in old + new
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("financial_status:paid", ["#1001", "#1003"]),
        ("financial_status:pending", ["#1002"]),
        ("NOT financial_status:paid", ["#1002"]),
        ("-financial_status:paid", ["#1002"]),
        ("name:#1002 OR name:1003", ["#1002", "#1003"]),
        ("(name:1001 OR name:1002) AND financial_status:pending", ["#1002"]),
        ("tag:'urgent order'", ["#1003"]),
        ("status:cancelled", []),
        ("status:any", ["#1001", "#1002", "#1003"]),
    ],
)
def test_search_terms(client, query, found):
    client.place_plain()
    client.place_plain(financial_status="pending")
    client.place_plain(tags=["urgent order"])
    assert _walk(client, query=query) == found


def test_unknown_search_field_is_ignored_with_a_warning(client):
    client.place(2)
    answer = client.call(PAGE, query="colour:red")
    assert len(answer["data"]["orders"]["nodes"]) == 2
    (search,) = answer["extensions"]["search"]
    assert search["warnings"][0]["field"] == "colour"


@pytest.mark.parametrize("sku", ["007-LAMP", "TENT 2P/GRN", "4711"])
def test_variant_is_found_by_its_exact_sku(client, sku):
    query = """query ($q: String) { productVariants(first: 5, query: $q) {
      nodes { sku inventoryItem { id sku } } } }"""
    (found,) = client.ask(query, q=f'sku:"{sku}"')["productVariants"]["nodes"]
    assert found["sku"] == found["inventoryItem"]["sku"] == sku


# === METERING ===
def test_each_answer_reports_its_cost(client):
    cost = client.call(SHOP)["extensions"]["cost"]
    assert cost["requestedQueryCost"] == 1
    assert cost["throttleStatus"]["maximumAvailable"] == 2000
    assert cost["throttleStatus"]["restoreRate"] == 100


def test_unused_part_of_the_requested_cost_is_returned(client):
    client.control("bucket", {"maximum": 100, "restore_rate": 0})
    cost = client.call(PAGE, first=100)["extensions"]["cost"]
    assert cost["requestedQueryCost"] > cost["actualQueryCost"]
    left = 100 - cost["actualQueryCost"]
    assert cost["throttleStatus"]["currentlyAvailable"] == left


def test_empty_bucket_throttles_with_http_200_and_no_data(client):
    client.control("bucket", {"maximum": 1, "restore_rate": 0})
    client.ask(SHOP)
    answer = client.call(SHOP)
    assert answer["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert "data" not in answer
    assert answer["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"] == 0


def test_query_above_the_limit_is_refused_whole(client):
    sums = " ".join(
        f"a{i}: originalTotalSet {{ shopMoney {{ amount }} }}" for i in range(8)
    )
    lines = f"lineItems(first: 250) {{ nodes {{ {sums} }} }}"
    answer = client.call(f"{{ orders(first: 250) {{ nodes {{ {lines} }} }} }}")
    assert answer["errors"][0]["extensions"]["code"] == "MAX_COST_EXCEEDED"


# === FAULTS ===
@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("error_5xx_before", 503),
        ("error_5xx_after_effect", 502),
        ("expired_token", 401),
    ],
)
def test_fault_shows_once_and_is_over(client, fault, status):
    client.control("faults", {fault: 1})
    assert _post(client)[0] == status
    assert _post(client)[0] == 200


def test_page_for_people_comes_with_status_200(client):
    client.control("faults", {"html_instead_of_json": 1})
    status, headers, text = _post(client)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert text.startswith("<!DOCTYPE html>")


def test_truncated_answer_is_shorter_than_announced(client):
    client.control("faults", {"truncated_body": 1})
    with pytest.raises(IncompleteRead):
        _post(client)


def test_throttle_fault_strikes_only_what_matches(client):
    client.control("faults", {"throttle": {"times": 1, "match": "locations"}})
    client.ask(SHOP)
    answer = client.call("{ locations(first: 3) { nodes { name } } }")
    assert answer["errors"][0]["extensions"]["code"] == "THROTTLED"


def test_unknown_fault_is_refused_by_name(client):
    status, _headers, text = client.send("/_control/faults", {"rain": True})
    assert status == 422
    assert "'rain'" in text


def test_effect_stays_although_the_answer_was_an_error(client):
    order = client.place_plain()
    client.control("faults", {"error_5xx_after_effect": {"match": "tagsAdd"}})
    tag = (
        f'tagsAdd(id: "{order["gid"]}", tags: ["seen"]) {{ userErrors {{ message }} }}'
    )
    status, _headers, _text = _post(client, query=f"mutation {{ {tag} }}")
    assert status == 502
    assert client.control(f"orders/{order['id']}")["tags"] == ["seen"]

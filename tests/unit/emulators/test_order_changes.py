# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders that are paid, edited, cancelled and refunded after they were placed."""

import time
import uuid

import pytest

ORDER = """query ($id: ID!) { order(id: $id) {
  displayFinancialStatus cancelledAt cancelReason edited note tags updatedAt
  totalPriceSet { shopMoney { amount } }
  currentTotalPriceSet { shopMoney { amount } }
  totalRefundedSet { shopMoney { amount } }
  totalOutstandingSet { shopMoney { amount } }
  lineItems(first: 9) { nodes { id sku quantity currentQuantity } }
  transactions(first: 9) { id kind status gateway amountSet { shopMoney { amount } } }
  refunds(first: 9) { note
    orderAdjustments(first: 9) { nodes { reason amountSet { shopMoney { amount } } } }
    refundLineItems(first: 9) { nodes { quantity restockType
      lineItem { id } subtotalSet { shopMoney { amount } }
      totalTaxSet { shopMoney { amount } } } } } } }"""
REFUND = """mutation ($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id totalRefundedSet { shopMoney { amount } } }
    userErrors { field message } } }"""
CANCEL = """mutation ($id: ID!, $refund: OrderCancelRefundMethodInput) {
  orderCancel(orderId: $id, reason: CUSTOMER, restock: true, refundMethod: $refund) {
    job { id done } orderCancelUserErrors { code message } } }"""


def _order(client, order):
    return client.ask(ORDER, id=order["gid"])["order"]


def _amount(bag):
    return bag["shopMoney"]["amount"]


def _refund(client, order, key=None, **values):
    now = _order(client, order)
    payment = next(row for row in now["transactions"] if row["kind"] == "SALE")
    wish = {
        "orderId": order["gid"],
        "refundLineItems": [
            {"lineItemId": now["lineItems"]["nodes"][0]["id"], "quantity": 1}
        ],
        "transactions": [
            {
                "orderId": order["gid"],
                "parentId": payment["id"],
                "gateway": payment["gateway"],
                "kind": "REFUND",
                "amount": values.pop("amount", "10.00"),
            }
        ],
        **values,
    }
    key = key or str(uuid.uuid4())
    return client.ask(REFUND, input=wish, key=key)["refundCreate"]


def _cancel(client, order, **variables):
    answer = client.ask(CANCEL, id=order["gid"], **variables)["orderCancel"]
    limit = time.monotonic() + 5
    job = answer["job"]
    while job and not job["done"] and time.monotonic() < limit:
        query = "query ($id: ID!) { job(id: $id) { id done } }"
        job = client.ask(query, id=job["id"])["job"]
    return answer


# === PAYMENT ===
def test_authorised_order_is_captured(client):
    order = client.place_plain(financial_status="authorized")
    assert _order(client, order)["displayFinancialStatus"] == "AUTHORIZED"
    client.control(f"orders/{order['id']}/pay", {})
    after = _order(client, order)
    assert after["displayFinancialStatus"] == "PAID"
    assert [row["kind"] for row in after["transactions"]] == [
        "AUTHORIZATION",
        "CAPTURE",
    ]


def test_gift_card_pays_its_part(client):
    order = client.place_plain(gift_card="50.00")
    card, rest = _order(client, order)["transactions"]
    assert (card["gateway"], _amount(card["amountSet"])) == ("gift_card", "50.0")
    assert rest["gateway"] == "shopify_payments"


def test_paid_order_cannot_be_paid_again(client):
    order = client.place_plain()
    status, _headers, text = client.send(f"/_control/orders/{order['id']}/pay", {})
    assert status == 422
    assert "already paid" in text


# === EDIT ===
def test_added_line_raises_the_total_and_leaves_it_to_be_paid(client):
    order = client.place_plain(country="US", shipping="0")
    edit = {"add": [{"sku": "4711", "quantity": 2}]}
    client.control(f"orders/{order['id']}/edit", edit)
    after = _order(client, order)
    assert after["edited"]
    assert [row["sku"] for row in after["lineItems"]["nodes"]] == ["JACKET-M", "4711"]
    assert _amount(after["totalOutstandingSet"]) == "9.98"
    assert after["displayFinancialStatus"] == "PARTIALLY_PAID"


def test_removed_line_stays_with_nothing_current(client):
    order = client.place_plain()
    edit = {"set": [{"sku": "JACKET-M", "quantity": 0}]}
    client.control(f"orders/{order['id']}/edit", edit)
    (line,) = _order(client, order)["lineItems"]["nodes"]
    assert (line["quantity"], line["currentQuantity"]) == (3, 0)


def test_update_time_moves_with_each_change(client):
    order = client.place_plain(age=60)
    before = _order(client, order)["updatedAt"]
    client.control(f"orders/{order['id']}/update", {"note": "ring twice"})
    after = _order(client, order)
    assert after["note"] == "ring twice"
    assert after["updatedAt"] > before


def test_order_update_changes_what_it_names(client):
    order = client.place_plain()
    client.ask(
        """mutation ($input: OrderInput!) { orderUpdate(input: $input) {
          order { id } userErrors { message } } }""",
        input={"id": order["gid"], "note": "later", "tags": ["a", "b"]},
    )
    after = _order(client, order)
    assert (after["note"], after["tags"]) == ("later", ["a", "b"])


# === CANCEL ===
def test_cancellation_is_a_job_that_ends(client):
    order = client.place_plain()
    answer = _cancel(client, order, refund={"originalPaymentMethodsRefund": True})
    assert answer["orderCancelUserErrors"] == []
    assert not answer["job"]["done"]
    after = _order(client, order)
    assert after["cancelledAt"]
    assert after["cancelReason"] == "CUSTOMER"
    assert after["displayFinancialStatus"] == "REFUNDED"
    assert _amount(after["currentTotalPriceSet"]) == "0.0"


def test_cancellation_releases_a_mere_authorisation(client):
    order = client.place_plain(financial_status="authorized")
    _cancel(client, order)
    after = _order(client, order)
    assert after["displayFinancialStatus"] == "VOIDED"
    assert after["transactions"][-1]["kind"] == "VOID"


def test_order_is_cancelled_once(client):
    order = client.place_plain()
    _cancel(client, order)
    answer = _cancel(client, order)
    assert "already been cancelled" in answer["orderCancelUserErrors"][0]["message"]


def test_cancellation_puts_goods_back(client):
    def available():
        rows = client.control("state")["stock"]
        return sum(row["available"] for row in rows if row["sku"] == "JACKET-M")

    before = available()
    order = client.place_plain()
    assert available() == before - 3
    _cancel(client, order)
    assert available() == before


# === REFUND ===
def test_refund_of_one_unit_is_its_share(client):
    order = client.place_plain(country="US", address={})
    made = client.control(f"orders/{order['id']}/refund", {})
    after = _order(client, order)
    (line,) = after["refunds"][0]["refundLineItems"]["nodes"]
    assert _amount(line["subtotalSet"]) == "129.0"
    worth = float(_amount(line["subtotalSet"])) + float(_amount(line["totalTaxSet"]))
    assert float(_amount(after["totalRefundedSet"])) == pytest.approx(worth)
    assert after["displayFinancialStatus"] == "PARTIALLY_REFUNDED"
    assert made["lines"][0]["current_quantity"] == 2


def test_amount_that_differs_from_the_goods_is_a_discrepancy(client):
    order = client.place_plain()
    answer = _refund(client, order, amount="10.00")
    assert answer["userErrors"] == []
    after = _order(client, order)
    (adjustment,) = after["refunds"][0]["orderAdjustments"]["nodes"]
    assert adjustment["reason"] == "REFUND_DISCREPANCY"
    # The buyer gave back more than the money was worth: the shop keeps the rest.
    assert float(_amount(adjustment["amountSet"])) > 0
    assert _amount(after["totalOutstandingSet"]) == "0.0"


def test_refund_without_goods_is_an_adjustment_alone(client):
    order = client.place_plain()
    _refund(client, order, refundLineItems=[], amount="5.00")
    after = _order(client, order)
    (refund,) = after["refunds"]
    assert refund["refundLineItems"]["nodes"] == []
    assert _amount(refund["orderAdjustments"]["nodes"][0]["amountSet"]) == "-5.0"


def test_refund_of_more_units_than_bought_is_refused(client):
    order = client.place_plain()
    line = _order(client, order)["lineItems"]["nodes"][0]["id"]
    answer = _refund(
        client, order, refundLineItems=[{"lineItemId": line, "quantity": 4}]
    )
    assert answer["refund"] is None
    assert "more items" in answer["userErrors"][0]["message"]


def test_refund_of_more_money_than_paid_is_refused(client):
    order = client.place_plain()
    answer = _refund(client, order, amount="9999.00")
    assert "refundable amount" in answer["userErrors"][0]["message"]
    assert _amount(_order(client, order)["totalRefundedSet"]) == "0.0"


def test_repeated_refund_with_the_same_key_is_one_refund(client):
    order = client.place_plain()
    first = _refund(client, order, key="same")
    assert _refund(client, order, key="same") == first
    assert len(_order(client, order)["refunds"]) == 1


def test_suggested_refund_names_amount_and_payment(client):
    order = client.place_plain(country="US")
    line = _order(client, order)["lineItems"]["nodes"][0]["id"]
    suggestion = client.ask(
        """query ($id: ID!, $line: ID!) { order(id: $id) { suggestedRefund(
          refundLineItems: [{lineItemId: $line, quantity: 1}]) {
            amountSet { shopMoney { amount } } subtotalSet { shopMoney { amount } }
            suggestedTransactions { gateway parentTransaction { id } } } } }""",
        id=order["gid"],
        line=line,
    )["order"]["suggestedRefund"]
    amount = _amount(suggestion["amountSet"])
    _refund(client, order, amount=amount)
    after = _order(client, order)
    assert after["refunds"][0]["orderAdjustments"]["nodes"] == []
    assert suggestion["suggestedTransactions"][0]["gateway"] == "shopify_payments"


# === OTHER WISHES ===
def test_order_line_outlives_its_product(client):
    order = client.place_plain(deleted_product=True)
    query = """query ($id: ID!) { order(id: $id) { lineItems(first: 1) { nodes {
      sku title variant { id } product { id } } } } }"""
    (line,) = client.ask(query, id=order["gid"])["order"]["lineItems"]["nodes"]
    assert (line["sku"], line["variant"], line["product"]) == ("JACKET-M", None, None)


def test_catalogue_without_price_is_refused_by_sku(client):
    products = [{"sku": "CUP", "title": "Cup"}]
    status, _headers, text = client.send("/_control/catalogue", products)
    assert status == 422
    assert "CUP" in text


def test_reset_starts_a_new_shop(client):
    client.place(3)
    client.control("reset", {"seed": 9})
    assert client.control("state")["orders"] == 0
    assert client.place()[0]["name"] == "#1001"


@pytest.mark.parametrize(
    ("path", "status"),
    [("orders/99/cancel", 404), ("orders?count=0", 422), ("nothing", 404)],
)
def test_control_refuses_what_it_cannot_do(client, path, status):
    assert client.send(f"/_control/{path}", {})[0] == status

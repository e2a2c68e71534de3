# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the shop is told has the effect of once, however often it is told."""

from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.woocommerce import hooks, undoing
from odoo.addons.oms_channels.connectors.woocommerce.stocking import (
    push_prices,
    push_stock,
)
from odoo.addons.oms_channels.connectors.woocommerce.telling import Teller
from odoo.addons.oms_channels.engine.documents import (
    Cancellation,
    Price,
    Refund,
    Shipment,
    StockLevel,
)
from odoo.addons.oms_channels.engine.errors import Misconfigured, Rejected, Retry

TWO = Decimal(2)


def parcel(order, quantity=TWO, **values):
    line = str(order["line_items"][0]["id"])
    given = {"key": "shipment:1", "tracking": "T-1", "carrier": "UPS"} | values
    return Shipment(
        order_external_id=str(order["id"]), lines=((line, Decimal(quantity)),), **given
    )


def notes(shop, order):
    return [row["note"] for row in shop.store.notes.get(order["id"], [])]


# === PARCELS ===


def test_parcel_is_noted_and_completes_the_order(shop, client, place):
    order = place()
    Teller(client).tell(parcel(order))
    assert notes(shop, order) == ["2 units shipped by UPS T-1 [shipment:1]"]
    assert order["status"] == "completed"


def test_part_of_an_order_does_not_complete_it(client, place):
    order = place()
    Teller(client).tell(parcel(order, 1))
    assert order["status"] == "processing"


def test_last_of_several_parcels_completes_it(client, place):
    order = place()
    Teller(client).tell(parcel(order, 1))
    Teller(client).tell(parcel(order, 1, key="shipment:2"))
    assert order["status"] == "completed"


def test_what_was_refunded_is_not_waited_for(client, place):
    order = place()
    line = {"id": order["line_items"][0]["id"], "quantity": 1, "refund_total": "10.00"}
    client.post(f"orders/{order['id']}/refunds", {"line_items": [line]})
    Teller(client).tell(parcel(order, 1))
    assert order["status"] == "completed"


def test_downloads_are_not_waited_for(client, place):
    lines = [{"sku": "MUG", "quantity": 2}, {"sku": "EBOOK"}]
    order = place(lines=lines)
    Teller(client).tell(parcel(order))
    assert order["status"] == "completed"


@pytest.mark.parametrize("call", ["POST", "PUT"])
@pytest.mark.parametrize("plugin", [True, False])
def test_parcel_whose_answer_was_lost_is_told_once(shop, client, place, call, plugin):
    shop.store.has_tracking_plugin = plugin
    order = place()
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": call}})
    first = Teller(client).tell_all([parcel(order)])["shipment:1"]
    second = Teller(client).tell_all([parcel(order)])["shipment:1"]
    told = shop.store.trackings.get(order["id"], []) if plugin else notes(shop, order)
    assert isinstance(first, Retry)
    assert (second, len(told), order["status"]) == (None, 1, "completed")


def test_shop_that_is_down_is_not_asked_for_every_parcel(shop, client, place):
    orders = [place() for _turn in range(6)]
    shop.faults.set({"maintenance": True})
    shipments = [parcel(order, key=f"s{n}") for n, order in enumerate(orders)]
    errors = Teller(client).tell_all(shipments)
    assert (len(errors), len(shop.calls)) == (6, 3)


@pytest.mark.parametrize("status", ["cancelled", "trash", "failed"])
def test_parcel_of_an_order_that_is_none_any_more_is_refused(
    shop, client, place, status
):
    order = place()
    shop.store.set_status(order, status)
    with pytest.raises(Rejected, match=status):
        Teller(client).tell(parcel(order))


# === STOCK AND PRICES ===


def test_product_variation_and_odd_sku_are_set(shop, client):
    levels = [StockLevel(sku, 7) for sku in ("MUG", "JACKET-M", "JACKET-L", "A,B")]
    answers = push_stock(client, levels)
    assert answers == dict.fromkeys(("MUG", "JACKET-M", "JACKET-L", "A,B"))
    found = {shop.store.product_by_sku(sku)["stock_quantity"] for sku in answers}
    assert found == {7}


def test_unknown_sku_is_named_and_the_others_are_set(shop, client):
    answers = push_stock(client, [StockLevel("NONE", 1), StockLevel("MUG", 1)])
    assert "NONE" in str(answers["NONE"])
    assert shop.store.product_by_sku("MUG")["stock_quantity"] == 1


def test_sku_that_two_products_have_is_refused(shop, client):
    shop.store.product_by_sku("EBOOK")["sku"] = "MUG"
    assert "2 products" in str(push_stock(client, [StockLevel("MUG", 1)])["MUG"])


def test_levels_after_a_failure_can_be_tried_again(shop, client):
    shop.faults.set({"maintenance": {"times": 1, "match": "variations/batch"}})
    levels = [StockLevel("MUG", 1), StockLevel("JACKET-M", 1)]
    answers = push_stock(client, levels)
    assert answers["MUG"] is None
    assert isinstance(answers["JACKET-M"], Retry)


def test_price_is_set_as_text(shop, client):
    assert push_prices(client, [Price("MUG", Decimal("1E+1"), "USD")]) == {"MUG": None}
    assert shop.store.product_by_sku("MUG")["regular_price"] == "10"


# === BACK ===


def refund(order, **values):
    line = str(order["line_items"][0]["id"])
    rows = ((line, Decimal(1), Decimal("10.00"), Decimal("0.75")),)
    given = {"key": "refund:9", "lines": rows, "reason": "too small"} | values
    return Refund(order_external_id=str(order["id"]), amount=Decimal("10.75"), **given)


def test_refund_has_its_lines_and_their_tax(shop, client, place):
    order = place()
    undoing.refund(client, refund(order))
    (made,) = shop.store.refunds[order["id"]]
    (row,) = made["line_items"]
    assert (made["amount"], row["quantity"], row["total_tax"]) == ("10.75", -1, "-0.75")


def test_refund_whose_answer_was_lost_is_given_once(shop, client, place):
    order = place()
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": "POST"}})
    with pytest.raises(Retry):
        undoing.refund(client, refund(order))
    undoing.refund(client, refund(order))
    assert len(shop.store.refunds[order["id"]]) == 1


def test_two_refunds_of_the_same_amount_are_two(shop, client, place):
    order = place()
    for key in ("refund:1", "refund:10"):
        undoing.refund(client, refund(order, key=key))
    assert len(shop.store.refunds[order["id"]]) == 2


def test_refund_by_no_gateway_is_written_down_only(shop, client, place):
    order = place(cash=True, status="completed")
    undoing.refund(client, refund(order, by_gateway=False, lines=()))
    assert shop.store.refunds[order["id"]][0]["refunded_payment"] is False


def test_refund_of_a_line_that_is_gone_asks_a_person(client, place):
    order = place()
    rows = (("1", Decimal(1), Decimal(1), Decimal(0)),)
    with pytest.raises(Rejected, match="no line 1"):
        undoing.refund(client, refund(order, lines=rows))


def test_order_is_cancelled_once(shop, client, place):
    order = place()
    for _turn in range(2):
        undoing.cancel(client, Cancellation("c", str(order["id"]), refund=False))
    puts = [call for call in shop.calls if call.startswith("PUT")]
    assert (order["status"], len(puts)) == ("cancelled", 1)


def test_completed_order_is_not_cancelled(client, place):
    order = place(status="completed")
    with pytest.raises(Rejected, match="completed in the shop"):
        undoing.cancel(client, Cancellation("c", str(order["id"])))


# === WEBHOOKS ===


def test_webhooks_are_registered_once_and_mended(shop, client):
    url = "http://127.0.0.1:9/oms/webhook/woocommerce/x"
    hooks.register(client, url, "first")
    next(iter(shop.webhooks.rows.values()))["status"] = "disabled"
    hooks.register(client, url, "second")
    rows = shop.webhooks.rows.values()
    assert [row["status"] for row in rows] == ["active"] * 4
    assert {row["_secret"] for row in rows} == {"second"}


def test_only_our_disabled_webhooks_are_enabled(shop, client):
    wish = {"topic": "order.updated", "status": "disabled"}
    for path in ("/ours", "/theirs"):
        url = f"http://127.0.0.1:9{path}"
        shop.webhooks.create(wish | {"delivery_url": url}, ping=False)
    assert hooks.enable(client, "/ours") == ["order.updated"]


def test_credentials_that_stopped_working_stop_the_rest(shop, client, place):
    orders = [place() for _turn in range(4)]
    shop.faults.set({"invalid_key": True})
    shipments = [parcel(order, key=f"s{n}") for n, order in enumerate(orders)]
    errors = Teller(client).tell_all(shipments)
    assert all(isinstance(error, Misconfigured) for error in errors.values())
    assert len(shop.calls) == 1

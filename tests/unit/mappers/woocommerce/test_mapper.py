# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Head, people, payments and progress of an order."""

from datetime import datetime, timezone
from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.woocommerce.mapper import (
    order_from_payload,
    order_key,
)
from odoo.addons.oms_channels.engine.documents import Address
from odoo.addons.oms_channels.engine.errors import Rejected
from tests.unit.mappers.woocommerce.builders import (
    address,
    line,
    order,
    refund,
    shipping,
)

LATER = "2026-03-03T09:00:00"


def map_order(**values):
    return order_from_payload(order(**values))


# === HEAD ===


def test_key_is_the_id_whatever_the_number_is():
    payload = order(number="SHOP-0007")
    assert order_key(payload) == ("727", "2026-03-01T09:31:00+00:00")
    assert order_from_payload(payload).number == "SHOP-0007"


def test_time_without_a_zone_is_utc():
    assert map_order().placed_at == datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)


def test_local_time_is_not_taken_for_utc():
    values = {"date_created_gmt": None, "date_created": "2026-03-01T06:30:00"}
    with pytest.raises(Rejected, match="date_created_gmt is missing"):
        map_order(**values)


def test_time_of_zeros_is_none():
    mapped = map_order(date_paid_gmt="0000-00-00T00:00:00", status="pending")
    assert mapped.payments == ()


@pytest.mark.parametrize("status", ["checkout-draft", "auto-draft"])
def test_draft_is_no_order(status):
    with pytest.raises(Rejected, match="not placed yet"):
        map_order(status=status)


def test_status_that_a_plugin_made_is_an_order():
    assert map_order(status="awaiting-pickup").external_id == "727"


def test_deleted_order_asks_for_a_person():
    payload = {"id": 727, "deleted": True}
    assert order_key(payload) == ("727", "")
    with pytest.raises(Rejected, match="order 727 in the shop: cancel it here"):
        order_from_payload(payload)


def test_notes_are_the_buyer_s_and_the_gift_s():
    meta = [
        {"key": "_gift_message", "value": "With love"},
        {"key": "delivery_date", "value": "2026-03-05"},
    ]
    mapped = map_order(customer_note="Back door\n🏡", meta_data=meta)
    assert mapped.note == "Back door\n🏡\nDelivery date: 2026-03-05"
    assert mapped.gift_note == "With love"


def test_extra_data_of_any_form_is_no_obstacle():
    meta = [{"key": "x", "value": value} for value in (None, True, 1.5, [], {"a": 1})]
    assert map_order(meta_data=[*meta, None, "text"]).external_id == "727"


def test_currency_that_is_none_is_refused():
    with pytest.raises(Rejected, match="currency"):
        map_order(currency="usd")


# === PEOPLE ===


def test_guest_has_no_number():
    customer = map_order().customer
    assert (customer.external_id, customer.email) == ("", "ada@example.com")


def test_customer_has_a_number():
    assert map_order(customer_id=26).customer.external_id == "26"


def test_blank_shipping_address_is_the_billing_one():
    mapped = map_order(shipping=dict.fromkeys(address(), ""))
    assert mapped.ship_to == mapped.bill_to


def test_order_goes_to_the_shipping_address():
    mapped = map_order(shipping=address(city="Elko"))
    assert (mapped.ship_to.city, mapped.bill_to.city) == ("Elko", "Reno")


def test_what_is_picked_up_goes_nowhere():
    meta = [{"key": "pickup_location", "value": "Boston Store"}]
    row = shipping(method_id="pickup_location:1", total="0.00", meta_data=meta)
    mapped = map_order(shipping_lines=[row])
    assert mapped.ship_to == Address()
    assert mapped.note == "Pick-up at: Boston Store"


def test_company_with_a_vat_number_is_a_company():
    billing = address(company="Alder &amp; Sons", email="a@example.com")
    meta = [{"key": "_billing_vat_number", "value": "DE136695976"}]
    customer = map_order(billing=billing, meta_data=meta).customer
    assert (customer.is_company, customer.vat) == (True, "DE136695976")


# === PAYMENTS ===


def kinds(**values):
    return [(row.kind, row.amount) for row in map_order(**values).payments]


def test_paid_order_is_a_capture():
    assert kinds() == [("capture", Decimal("20.00"))]


def test_cash_on_delivery_is_not_taken_for_paid():
    found = kinds(date_paid_gmt=None, payment_method="cod")
    assert found == [("authorisation", Decimal("20.00"))]


@pytest.mark.parametrize("status", ["pending", "on-hold", "failed"])
def test_unpaid_order_has_no_payment(status):
    assert kinds(date_paid_gmt=None, status=status) == []


def test_each_refund_is_a_payment_back():
    listed = [{"id": 91, "total": "-10.00"}, {"id": 92, "total": "-1.50"}]
    found = kinds(refunds=listed, oms_refunds=[refund()])
    assert found[1:] == [("refund", Decimal("10.00")), ("refund", Decimal("1.50"))]


def test_gift_card_is_a_payment_and_not_a_discount():
    mapped = map_order(total="15.00", gift_cards=[{"id": 3, "amount": "5.00"}])
    assert mapped.total == mapped.lines_total == Decimal("20.00")
    assert [row.amount for row in mapped.payments] == [
        Decimal("15.00"),
        Decimal("5.00"),
    ]


def test_gift_card_that_is_not_off_the_total_is_left_alone():
    assert map_order(gift_cards=[{"id": 3, "amount": "5.00"}]).total == Decimal("20.00")


# === PROGRESS ===


def progress(**values):
    mapped = map_order(**values)
    return mapped.lines[0].cancelled, mapped.lines[0].fulfilled


def test_units_refunded_before_they_left_are_cancelled():
    assert progress(oms_refunds=[refund()]) == (1, 0)


def test_completed_order_has_left():
    done = {"status": "completed", "date_completed_gmt": LATER}
    assert progress(**done, shipping_lines=[shipping(total="0.00")]) == (0, 2)


def test_units_refunded_after_they_left_came_back():
    done = {"status": "completed", "date_completed_gmt": "2026-03-01T10:00:00"}
    assert progress(**done, oms_refunds=[refund()]) == (0, 2)


def test_units_refunded_before_the_rest_left_are_cancelled():
    done = {"status": "completed", "date_completed_gmt": LATER}
    assert progress(**done, oms_refunds=[refund()]) == (1, 1)


def test_downloads_that_complete_by_themselves_have_not_left():
    done = {"status": "completed", "date_completed_gmt": "2026-03-01T09:31:01"}
    assert progress(**done) == (0, 0)


@pytest.mark.parametrize("status", ["cancelled", "trash", "refunded"])
def test_order_that_will_not_be_shipped_is_cancelled(status):
    mapped = map_order(status=status)
    assert mapped.cancelled_at is not None
    assert mapped.cancel_reason == status


def test_order_refunded_after_it_left_is_not_cancelled():
    mapped = map_order(status="refunded", date_completed_gmt=LATER)
    assert mapped.cancelled_at is None


def test_refund_of_more_than_was_bought_cancels_what_there_was():
    assert progress(oms_refunds=[refund(quantity=9)]) == (2, 0)


def test_several_lines_are_refunded_each_for_itself():
    rows = [line(total="10.00"), line(id=12, total="10.00")]
    mapped = map_order(line_items=rows, oms_refunds=[refund()])
    assert [row.cancelled for row in mapped.lines] == [1, 0]


# === REFUNDS ===


def test_refund_names_its_lines_and_what_they_had_cost():
    row = refund()["line_items"][0] | {"total": "-10.00", "total_tax": "-0.75"}
    back = refund(line_items=[row], amount="10.75")
    (found,) = map_order(oms_refunds=[back]).refunds
    (line_back,) = found.lines
    assert (line_back.external_id, line_back.quantity) == ("11", 1)
    assert (line_back.amount, line_back.tax) == (Decimal("10.75"), Decimal("0.75"))
    assert (found.kept, line_back.returned) == (0, False)


def test_refund_of_an_amount_belongs_to_no_line():
    (found,) = map_order(oms_refunds=[refund(line_items=[])]).refunds
    assert (found.lines, found.kept) == ((), Decimal("-10.00"))


def test_refund_after_the_order_left_is_of_returned_units():
    done = {"status": "completed", "date_completed_gmt": "2026-03-01T10:00:00"}
    (found,) = map_order(**done, oms_refunds=[refund()]).refunds
    assert found.lines[0].returned


def test_refund_of_shipping_is_of_its_line():
    meta = [{"key": "_refunded_item_id", "value": 31}]
    row = {"total": "-5.00", "total_tax": "0.00", "meta_data": meta}
    back = refund(line_items=[], shipping_lines=[row], amount="5.00")
    (found,) = map_order(oms_refunds=[back]).refunds
    assert (found.lines[0].external_id, found.kept) == ("shipping-31", 0)

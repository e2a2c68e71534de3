# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was paid, from transactions or from the status."""

from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import order_from_payload

from .builders import bag, order, transaction

STATUSES = [
    # status, outstanding, kind and amount of the one payment
    ("authorized", "20.00", "authorisation", "20.00"),
    ("paid", "0.00", "capture", "20.00"),
    ("refunded", "0.00", "capture", "20.00"),
    ("partially_refunded", "0.00", "capture", "20.00"),
    ("partially_paid", "15.00", "capture", "5.00"),
]


def read(*transactions, **values):
    return order_from_payload(order(transactions=list(transactions), **values)).payments


@pytest.mark.parametrize(("status", "outstanding", "kind", "amount"), STATUSES)
def test_status_stands_for_transactions_that_are_not_listed(
    status, outstanding, kind, amount
):
    (payment,) = read(financial_status=status, total_outstanding=outstanding)
    assert (payment.kind, payment.amount) == (kind, Decimal(amount))
    assert payment.is_summary


@pytest.mark.parametrize("status", ["pending", "voided", "expired", None, "PENDING"])
def test_order_that_nobody_paid_has_no_payment(status):
    assert read(financial_status=status) == ()


def test_order_for_nothing_has_no_payment():
    assert read(financial_status="paid", total_price="0.00") == ()


def test_listed_transactions_are_taken_instead_of_the_status():
    payments = read(
        transaction("authorization", "20.00"),
        transaction("capture", "20.00"),
        financial_status="paid",
    )
    assert [payment.kind for payment in payments] == ["authorisation", "capture"]
    assert not any(payment.is_summary for payment in payments)


@pytest.mark.parametrize("status", ["failure", "error", "pending", "unknown"])
def test_transaction_without_success_is_no_payment(status):
    assert read(transaction("sale", "20.00", status=status)) == ()


def test_gift_card_that_pays_is_a_payment_of_its_gateway():
    card, rest = read(
        transaction("sale", "5.00", gateway="gift_card"), transaction("sale", "15.00")
    )
    assert (card.gateway, rest.gateway) == ("gift_card", "card")


def test_refund_is_found_in_the_refunds():
    rows = [{"transactions": [transaction("refund", "5.00")]}]
    payments = read(transaction("sale", "20.00"), refunds=rows)
    assert [payment.kind for payment in payments] == ["capture", "refund"]


def test_refund_that_is_listed_twice_counts_once():
    back = transaction("refund", "5.00")
    payments = read(
        transaction("sale", "20.00"), back, refunds=[{"transactions": [back]}]
    )
    assert len(payments) == 2


def test_change_is_less_in_the_till():
    sale = transaction("sale", "50.00")
    payments = read(sale, transaction("change", "30.00", parent_id=sale["id"]))
    assert [payment.amount for payment in payments] == [Decimal("20.00")]


def test_buyers_money_is_converted_by_the_totals_of_the_order():
    totals = {
        "presentment_currency": "SEK",
        "total_price_set": bag("20.00", "225.00", "SEK"),
    }
    (payment,) = read(transaction("sale", "112.50", currency="SEK"), **totals)
    assert (payment.amount, payment.currency) == (Decimal("10.00"), "EUR")

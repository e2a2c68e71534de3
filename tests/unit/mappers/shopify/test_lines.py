# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whatever the shop charges is on a line, and the lines add up."""

from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import order_from_payload
from odoo.addons.oms_channels.engine.errors import Rejected

from .builders import bag, line, order

CHARGES = [
    # name, members of the order, its total, kind and amount of the extra line
    (
        "shipping",
        {"shipping_lines": [{"id": 5, "title": "Parcel", "price": "4.90"}]},
        *("24.90", "shipping", "4.90"),
    ),
    ("tip beside the lines", {"total_tip_received": "3.00"}, "23.00", "tip", "3.00"),
    (
        "duty of a line",
        {"line_items": [line(duties=[{"id": 7, **bag("1.50")}])]},
        *("21.50", "fee", "1.50"),
    ),
    (
        "duties in sum",
        {"original_total_duties_set": bag("1.50")},
        *("21.50", "fee", "1.50"),
    ),
    (
        "fees in sum",
        {"original_total_additional_fees_set": bag("0.40")},
        *("20.40", "fee", "0.40"),
    ),
    (
        "coins not taken",
        {"total_cash_rounding_payment_adjustment_set": bag("-0.02")},
        *("20.00", "rounding", "-0.02"),
    ),
]


@pytest.mark.parametrize(
    ("members", "total", "kind", "amount"),
    [pytest.param(*case[1:], id=case[0]) for case in CHARGES],
)
def test_charge_is_a_line_of_its_kind(members, total, kind, amount):
    mapped = order_from_payload(order(**members) | {"total_price": total})
    (extra,) = mapped.lines[1:]
    assert (extra.kind, extra.net) == (kind, Decimal(amount))


@pytest.mark.parametrize(
    ("members", "total"),
    [pytest.param(*case[1:3], id=case[0]) for case in CHARGES],
)
def test_charge_is_in_the_total(members, total):
    mapped = order_from_payload(order(**members) | {"total_price": total})
    assert mapped.lines_total == mapped.total


def test_total_of_a_cash_order_is_what_the_till_took():
    rounding = {"total_cash_rounding_payment_adjustment_set": bag("-0.02")}
    assert order_from_payload(order(**rounding)).total == Decimal("19.98")


def test_tip_that_is_a_line_is_not_counted_twice():
    tip = line(id=12, name="Tip", price="3.00", quantity=1, tip={"payment_method": ""})
    mapped = order_from_payload(order(line(), tip, total_tip_received="3.00"))
    assert [row.kind for row in mapped.lines] == ["goods", "tip"]


def test_gift_card_that_is_bought_is_of_its_kind():
    (card,) = order_from_payload(order(line(gift_card=True))).lines
    assert card.kind == "gift_card"


def test_duties_in_the_price_are_no_line():
    taxed = line(duties=[{"id": 7, **bag("1.50")}])
    assert len(order_from_payload(order(taxed, duties_included=True)).lines) == 1


def test_shipping_that_was_removed_is_no_line():
    gone = {"id": 5, "title": "Parcel", "price": "4.90", "is_removed": True}
    assert len(order_from_payload(order(shipping_lines=[gone])).lines) == 1


def test_shipping_discount_without_allocations_is_the_difference():
    row = {"id": 5, "title": "Parcel", "price": "4.90", "discounted_price": "2.00"}
    shipping = order_from_payload(order(shipping_lines=[row])).lines[1]
    assert shipping.discount == Decimal("2.90")


def test_shipping_method_is_the_name_of_the_shipping_line():
    row = {"id": 5, "title": "Parcel", "code": "DHL", "price": "4.90"}
    assert order_from_payload(order(shipping_lines=[row])).shipping_method == "Parcel"


def test_discounts_of_line_and_order_add_up():
    shares = [{"amount": "1.00"}, {"amount": "0.33"}]
    (row,) = order_from_payload(order(line(discount_allocations=shares))).lines
    assert row.discount == Decimal("1.33")


def test_tax_that_the_marketplace_owes_is_marked():
    tax = {"title": "Sales Tax", "rate": 0.06, "price": "1.20", "channel_liable": True}
    (row,) = order_from_payload(order(line(tax_lines=[tax]))).lines
    assert row.taxes[0].by_channel


def test_rate_of_a_tax_is_exact():
    tax = {"title": "VAT", "rate": 0.07, "price": "1.40"}
    (row,) = order_from_payload(order(line(tax_lines=[tax]))).lines
    assert row.taxes[0].rate == Decimal("0.07")


def test_taxes_on_the_order_alone_fall_on_the_lines_to_the_cent():
    three = [line(id=key, quantity=1) for key in (11, 12, 13)]
    tax = {"title": "VAT", "rate": 0.07, "price": "2.00"}
    mapped = order_from_payload(order(*three, tax_lines=[tax]))
    amounts = [str(row.tax) for row in mapped.lines]
    assert amounts == ["0.67", "0.67", "0.66"]


def test_taxes_of_the_order_are_not_added_to_those_of_the_lines():
    tax = {"title": "VAT", "rate": 0.07, "price": "1.40"}
    mapped = order_from_payload(order(line(tax_lines=[tax]), tax_lines=[tax]))
    assert mapped.lines[0].tax == Decimal("1.40")


def test_names_come_without_html_entities():
    (row,) = order_from_payload(order(line(name="D&#39;Été &amp; Co"))).lines
    assert row.name == "D'Été & Co"


def test_characters_that_a_database_refuses_are_left_out():
    (row,) = order_from_payload(order(line(name="M\0ug \ud83d", sku=" A\0 "))).lines
    assert (row.name, row.sku) == ("Mug ?", "A")


@pytest.mark.parametrize("sku", ["007", "A/B 1", "ß-1"])
def test_sku_is_taken_as_it_is(sku):
    (row,) = order_from_payload(order(line(sku=sku))).lines
    assert row.sku == sku


def test_line_of_a_deleted_product_keeps_its_text():
    gone = line(product_id=None, variant_id=None, sku=None, product_exists=False)
    (row,) = order_from_payload(order(gone)).lines
    assert (row.name, row.sku, row.product_external_id) == ("Mug", "", "")


def test_wishes_of_the_buyer_are_the_note_of_the_line():
    wishes = [{"name": "Text", "value": "Ann"}, {"name": "_app", "value": "x"}]
    (row,) = order_from_payload(order(line(properties=wishes))).lines
    assert row.note == "Text: Ann"


def test_id_that_comes_twice_is_refused():
    with pytest.raises(Rejected, match="11 twice"):
        order_from_payload(order(line(), line()))


def test_half_a_piece_is_refused():
    with pytest.raises(Rejected) as caught:
        order_from_payload(order(line(quantity="1.5")))
    assert (caught.value.field, caught.value.value) == ("line_items[0].quantity", "1.5")

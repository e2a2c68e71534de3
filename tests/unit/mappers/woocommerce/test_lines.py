# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was bought and what it costs, to the cent."""

from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.woocommerce import taxes
from odoo.addons.oms_channels.connectors.woocommerce.mapper import order_from_payload
from odoo.addons.oms_channels.engine.amounts import net_without_tax, tax_differences
from odoo.addons.oms_channels.engine.errors import Rejected
from tests.unit.mappers.woocommerce.builders import line, order, rate, shipping


def share(amount, number=75):
    return {"id": number, "total": amount, "subtotal": amount}


def taxed(**values):
    money = {"total_tax": "4.00", "subtotal_tax": "4.00", "taxes": [share("4")]}
    return line(**money | values)


def map_order(**values):
    mapped = order_from_payload(order(**values))
    assert mapped.lines_total == mapped.total
    return mapped


def first(**values):
    return map_order(**values).lines[0]


# === PRICES ===


def test_price_is_of_one_unit():
    assert first().unit_price == Decimal("10.00")


def test_price_that_does_not_divide_keeps_the_amount_of_the_line():
    found = first(line_items=[line(quantity=3)])
    assert found.net == Decimal("20.00")
    assert found.unit_price == Decimal("6.666667")


def test_coupon_is_a_discount_of_the_line():
    found = first(line_items=[line(subtotal="25.00")])
    assert (found.unit_price, found.discount) == (Decimal("12.50"), Decimal("5.00"))


def test_price_that_includes_tax_is_the_one_the_buyer_saw():
    mapped = map_order(
        prices_include_tax=True,
        line_items=[taxed()],
        tax_lines=[rate()],
        total="24.00",
        total_tax="4.00",
        cart_tax="4.00",
    )
    (found,) = mapped.lines
    assert found.unit_price == Decimal("12.00")
    assert net_without_tax(found, mapped.taxes_included) == Decimal("20.00")


def test_amounts_may_be_numbers():
    found = first(total=20, line_items=[line(total=20.0, subtotal=20, total_tax=0)])
    assert found.net == Decimal(20)


def test_total_of_zero_is_an_order():
    assert map_order(total="0.00", line_items=[line(total="0.00")]).total == 0


def test_fraction_of_a_unit_is_sold():
    assert first(line_items=[line(quantity="0.5")]).quantity == Decimal("0.5")


# === TAXES ===


def test_several_rates_on_a_line_are_several_taxes():
    mapped = map_order(
        line_items=[line(total_tax="3.00", taxes=[share("1", 1), share("2", 2)])],
        tax_lines=[
            rate(rate_id=1, label="GST", rate_percent=5, tax_total="1.00"),
            rate(rate_id=2, label="PST", rate_percent=10, tax_total="2.00"),
        ],
        total="23.00",
        cart_tax="3.00",
    )
    found = {tax.title: (tax.rate, tax.amount) for tax in mapped.lines[0].taxes}
    assert found == {
        "GST": (Decimal("0.05"), Decimal("1.00")),
        "PST": (Decimal("0.1"), Decimal("2.00")),
    }


def test_tax_on_a_tax_has_the_rate_that_it_comes_to():
    mapped = map_order(
        line_items=[line(total_tax="3.10", taxes=[share("1", 1), share("2.1", 2)])],
        tax_lines=[
            rate(rate_id=1, rate_percent=5, tax_total="1.00"),
            rate(rate_id=2, rate_percent=10, compound=True, tax_total="2.10"),
        ],
        total="23.10",
        cart_tax="3.10",
    )
    assert mapped.lines[0].taxes[1].rate == Decimal("0.105")
    assert tax_differences(mapped, Decimal(0)) == []


def test_shop_that_rounds_the_whole_order_keeps_its_total():
    rows = [
        line(id=1, total="15.00", total_tax="1.13", taxes=[share("1.125")]),
        line(id=2, total="3.00", total_tax="0.23", taxes=[share("0.225")]),
    ]
    mapped = map_order(
        line_items=rows,
        tax_lines=[rate(tax_total="1.35", rate_percent="7.5")],
        total="19.35",
        cart_tax="1.35",
    )
    assert sum(found.tax for found in mapped.lines) == Decimal("1.35")


def test_rate_that_an_old_shop_does_not_say_follows_from_the_amounts():
    found = first(
        line_items=[taxed(total_tax="1.50", taxes=[share("1.5")])],
        tax_lines=[rate(rate_percent=None, tax_total="1.50")],
        total="21.50",
        cart_tax="1.50",
    )
    assert found.taxes[0].rate == Decimal("0.075")


def test_tax_without_a_rate_is_a_tax_all_the_same():
    found = first(line_items=[line(total_tax="4.00")], total="24.00", cart_tax="4.00")
    assert (found.taxes[0].amount, found.taxes[0].rate) == (
        Decimal("4.00"),
        Decimal("0.2"),
    )


def test_rate_that_is_none_is_refused_by_its_name():
    with pytest.raises(Rejected, match=r"tax_lines\[0\].rate_percent"):
        order_from_payload(order(tax_lines=[rate(rate_percent=10**6)]))


@pytest.mark.parametrize(
    ("exact", "total"),
    [
        (["0.333", "0.333", "0.334"], "1.00"),
        (["-0.5", "0.25"], "-0.25"),
        (["1"], "7.77"),
        ([], "0"),
        (["0", "0"], "0.01"),
    ],
)
def test_spread_figures_add_up(exact, total):
    shares = taxes.spread([*map(Decimal, exact)], Decimal(total), Decimal("0.01"))
    assert sum(shares) == (Decimal(total) if exact else 0)


# === BESIDE THE GOODS ===


def test_fee_that_is_negative_takes_off():
    fee = {"id": 5, "name": "Loyalty", "total": "-2.00", "total_tax": "0.00"}
    mapped = map_order(fee_lines=[fee], total="18.00")
    assert [(row.kind, row.net) for row in mapped.lines][1] == ("fee", Decimal("-2.00"))


def test_shipping_is_a_line_with_its_taxes():
    row = shipping(total_tax="1.00", taxes=[share("1")])
    mapped = map_order(
        shipping_lines=[row],
        tax_lines=[rate(tax_total="0.00", shipping_tax_total="1.00")],
        total="26.00",
        shipping_tax="1.00",
    )
    assert (mapped.lines[1].kind, mapped.lines[1].tax) == ("shipping", Decimal("1.00"))


def test_line_that_a_plugin_has_emptied_is_no_line():
    fee = {"id": 5, "name": None, "total": None}
    assert len(map_order(fee_lines=[fee]).lines) == 1


# === WHAT IS SOLD ===


@pytest.mark.parametrize("sku", ["007-LAMP", "A/B 9", "4711", "ŠKU", "0"])
def test_sku_is_taken_as_it_is(sku):
    assert first(line_items=[line(sku=sku)]).sku == sku


def test_sku_may_be_a_number_or_missing():
    assert first(line_items=[line(sku=4711)]).sku == "4711"
    assert first(line_items=[line(sku=None)]).sku == ""


def test_variation_is_the_product():
    assert first(line_items=[line(variation_id=23)]).product_external_id == "23"


def test_deleted_product_keeps_its_own_text():
    found = first(line_items=[line(product_id=0, sku=None, name="Old mug")])
    assert (found.product_external_id, found.name) == ("", "Old mug")


def test_html_in_a_name_is_text():
    found = first(line_items=[line(name="D'Été &amp; Söhne <b>XL</b>")])
    assert found.name == "D'Été & Söhne XL"


def test_choices_of_the_buyer_are_noted_and_keys_of_plugins_are_not():
    meta = [
        {"key": "Engraving", "value": "Zoë"},
        {"key": "_internal", "value": "x"},
        {"key": "pa_size", "value": {"any": ["form"]}},
        "nonsense",
    ]
    assert first(line_items=[line(meta_data=meta)]).note == "Engraving: Zoë"


def test_part_of_a_bundle_says_so():
    rows = [
        line(id=1, name="Set", total="20.00"),
        line(id=2, name="Cup", total="0.00", subtotal="0.00", bundled_by=1),
    ]
    assert map_order(line_items=rows).lines[1].note == "Part of Set"


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"quantity": 0}, "line_items[0].quantity"),
        ({"quantity": -1}, "line_items[0].quantity"),
        ({"total": None}, "line_items[0].total"),
        ({"total": "many"}, "line_items[0].total"),
        ({"id": None}, "line_items[0].id"),
        ({"taxes": "none"}, "line_items[0].taxes"),
    ],
)
def test_line_that_is_wrong_is_refused_by_its_path(values, where):
    with pytest.raises(Rejected) as refusal:
        order_from_payload(order(line_items=[line(**values)]))
    assert refusal.value.field == where


def test_line_that_comes_twice_is_refused():
    with pytest.raises(Rejected, match="twice"):
        order_from_payload(order(line_items=[line(), line()]))

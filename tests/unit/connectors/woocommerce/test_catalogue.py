# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The catalogue and the settings of the emulator."""

from decimal import Decimal

from odoo.addons.oms_channels.connectors.woocommerce import catalogue


def _list(client, cursor=None):
    items = []
    while True:
        page, cursor = catalogue.fetch_page(client, cursor)
        items += page
        if not cursor:
            return items


def test_products_and_variations_are_what_is_sold(client):
    assert sorted(item.sku for item in _list(client)) == [
        "A,B", "EBOOK", "JACKET-L", "JACKET-M", "MUG",
    ]  # fmt: skip


def test_item_is_named_as_lines_of_orders_name_it(client, shop):
    item = next(item for item in _list(client) if item.sku == "JACKET-M")
    row = shop.store.product_by_sku("JACKET-M")
    assert (item.external_id, item.product_external_id) == (
        str(row["id"]),
        str(row["parent_id"]),
    )
    assert item.name == "Rain Jacket M - M"


def test_item_has_price_and_stock(client):
    item = next(item for item in _list(client) if item.sku == "MUG")
    assert (item.price, item.quantity) == (Decimal("10.00"), 40)


def test_item_that_is_not_counted_has_no_stock(client, shop):
    shop.store.product_by_sku("MUG")["manage_stock"] = False
    item = next(item for item in _list(client) if item.sku == "MUG")
    assert item.quantity is None


def test_product_that_vanishes_between_pages_hides_no_other(client, shop):
    rows = [{"sku": f"SKU-{n:03}", "price": "1.00"} for n in range(150)]
    shop.store.set_catalogue(rows)
    first, cursor = catalogue.fetch_page(client, None)
    del shop.store.products[int(first[0].external_id)]
    assert len(first) + len(_list(client, cursor)) == 150


# === SETTINGS ===


def test_settings_of_the_shop_are_read(client):
    found = catalogue.fetch_settings(client)
    assert found.currency == "USD"
    assert dict(found.gateways) == {"cod": "Cash on delivery", "stripe": "Credit card"}
    assert "Local pickup" in found.shipping


def test_taxes_have_rate_and_country(client):
    found = catalogue.fetch_settings(client)
    taxes = {(tax.title, tax.rate, tax.country) for tax in found.taxes}
    assert ("MwSt.", Decimal("0.19"), "DE") in taxes


def test_taxes_are_in_the_prices_where_the_shop_says_so(client, shop):
    shop.store.prices_include_tax = True
    assert {tax.is_included for tax in catalogue.fetch_settings(client).taxes} == {True}

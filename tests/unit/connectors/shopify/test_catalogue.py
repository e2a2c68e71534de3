# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The catalogue of the emulator, and prices told to it."""

from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.shopify import permissions
from odoo.addons.oms_channels.connectors.shopify.catalogue import Catalogue
from odoo.addons.oms_channels.connectors.shopify.pricing import Pricing
from odoo.addons.oms_channels.engine.documents import Price
from odoo.addons.oms_channels.engine.errors import Misconfigured, Rejected, Retry


def _list(client, *locations):
    items, cursor = [], None
    while True:
        page, cursor = Catalogue(client, locations).fetch_page(cursor)
        items += page
        if not cursor:
            return {item.sku: item for item in items}


def _push(client, *prices):
    rows = [Price(sku, Decimal(amount), "USD") for sku, amount in prices]
    return Pricing(client).push(rows)


def test_item_has_what_orders_and_stock_name_it_by(client, shop):
    variant = shop.store.variant_by_sku("JACKET-M")
    item = _list(client)["JACKET-M"]
    assert (item.external_id, item.name) == (str(variant.id), "Rain Jacket M")
    assert item.item_external_id == item.product_external_id == str(variant.id)


def test_item_has_its_price(client):
    assert _list(client)["JACKET-M"].price == Decimal("129.00")


def test_catalogue_of_many_pages_is_read_to_the_end(client, shop):
    rows = [{"sku": f"SKU-{n}", "price": "1.00"} for n in range(230)]
    shop.store.set_catalogue(rows)
    assert len(_list(client)) == 230


def test_stock_is_that_of_the_location_told_by_default(client):
    assert _list(client)["JACKET-M"].quantity == 120


def test_stock_is_the_sum_of_the_locations_that_are_told(client, shop):
    keys = [str(key) for key in shop.store.locations]
    assert _list(client, *keys[1:])["JACKET-M"].quantity == 40 + 60


def test_locations_are_listed_by_number(client, shop):
    names = {str(row.id): row.name for row in shop.store.locations.values()}
    assert Catalogue(client).list_locations() == names


# === PRICES ===


def test_prices_reach_the_shop(client, shop):
    answers = _push(client, ("JACKET-M", "99.50"), ("4711", "5"))
    found = [shop.store.variant_by_sku(sku).price for sku in answers]
    assert answers == {"JACKET-M": None, "4711": None}
    assert sorted(found) == [Decimal(5), Decimal("99.50")]


def test_refused_price_does_not_spoil_the_others(client, shop):
    answers = _push(client, ("JACKET-M", "-1"), ("4711", "5"), ("NO-SUCH", "1"))
    assert "SKU JACKET-M" in str(answers["JACKET-M"])
    assert isinstance(answers["NO-SUCH"], Rejected)
    assert (answers["4711"], shop.store.variant_by_sku("4711").price) == (None, 5)


def test_sku_of_two_variants_gets_no_price(client, shop):
    shop.store.variant_by_sku("4711").sku = "JACKET-M"
    assert "2 variants" in str(_push(client, ("JACKET-M", "1"))["JACKET-M"])


def test_shop_that_is_down_is_asked_again(client, shop):
    shop.faults.set({"error_5xx_before": True})
    assert isinstance(_push(client, ("4711", "5"))["4711"], Retry)


# === PERMISSIONS ===


@pytest.mark.parametrize(
    ("scope", "lost"),
    [
        ("write_inventory", "read_inventory (to find what stock is kept of)"),
        ("write_products", "read_products"),
        ("read_locations", "read_locations (to know where"),
        ("write_orders", "read_orders"),
    ],
)
def test_missing_permission_is_named(client, shop, scope, lost):
    shop.store.scopes.discard(scope)
    with pytest.raises(Misconfigured, match="lacks these permissions") as caught:
        permissions.check(client)
    assert lost in str(caught.value)


def test_prices_need_a_permission_of_their_own(client, shop):
    shop.store.scopes -= {"write_products"}
    shop.store.scopes |= {"read_products"}
    permissions.check(client)
    with pytest.raises(Misconfigured, match="write_products"):
        permissions.check(client, pushes_prices=True)

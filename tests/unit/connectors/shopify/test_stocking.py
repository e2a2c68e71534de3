# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stock told to the emulator."""

import pytest

from odoo.addons.oms_channels.connectors.shopify.stocking import Stocking
from odoo.addons.oms_channels.engine.documents import StockLevel
from odoo.addons.oms_channels.engine.errors import Misconfigured, Rejected, Retry

SET = "OmsSetQuantities"


def _push(client, *levels, **places):
    rows = [StockLevel(sku, quantity, **places) for sku, quantity in levels]
    return Stocking(client).push(rows)


def _level(shop, sku, place=0):
    location = list(shop.store.locations.values())[place]
    variant = shop.store.variant_by_sku(sku)
    return shop.store.levels.get((variant.id, location.id))


def test_figures_reach_the_shop(client, shop):
    assert _push(client, ("JACKET-M", 7), ("007-LAMP", 0)) == {
        "JACKET-M": None,
        "007-LAMP": None,
    }
    assert [_level(shop, sku).available for sku in ("JACKET-M", "007-LAMP")] == [7, 0]


def test_figure_of_before_may_come_again(client, shop):
    """A shop repeats its answer to a known key: no key may be used twice."""
    for quantity in (5, 3, 5):
        _push(client, ("JACKET-M", quantity))
    assert _level(shop, "JACKET-M").available == 5


def test_unknown_sku_is_named_and_the_others_are_set(client, shop):
    answers = _push(client, ("JACKET-M", 7), ("NO-SUCH", 1))
    assert answers["JACKET-M"] is None
    assert isinstance(answers["NO-SUCH"], Rejected)
    assert "NO-SUCH" in str(answers["NO-SUCH"])
    assert _level(shop, "JACKET-M").available == 7


@pytest.mark.parametrize(
    "sku", ["TENT 2P/GRN", "4711", 'QUO"TE', "BACK\\SLASH", "JACKET-M OR sku:4711"]
)
def test_sku_of_any_kind_is_found(client, shop, sku):
    shop.store.set_catalogue([{"sku": sku, "title": "Odd", "price": "1.00"}])
    assert _push(client, (sku, 4)) == {sku: None}
    assert _level(shop, sku).available == 4


def test_sku_is_not_found_by_its_beginning(client, shop):
    assert isinstance(_push(client, ("JACKET*", 4))["JACKET*"], Rejected)


def test_sku_of_two_variants_is_refused(client, shop):
    shop.store.variant_by_sku("4711").sku = "JACKET-M"
    error = _push(client, ("JACKET-M", 4))["JACKET-M"]
    assert (type(error), "2 variants" in str(error)) == (Rejected, True)


def test_figure_that_is_too_high_does_not_spoil_the_others(client, shop):
    answers = _push(client, ("JACKET-M", 2_000_000_000), ("007-LAMP", 3))
    assert isinstance(answers["JACKET-M"], Rejected)
    assert (answers["007-LAMP"], _level(shop, "007-LAMP").available) == (None, 3)


def test_item_is_stocked_where_it_was_not(client, shop):
    variant = shop.store.variant_by_sku("JACKET-M")
    location = next(iter(shop.store.locations.values()))
    shop.store.levels.pop((variant.id, location.id), None)
    assert _push(client, ("JACKET-M", 6)) == {"JACKET-M": None}
    assert _level(shop, "JACKET-M").available == 6


def test_location_of_the_level_is_used(client, shop):
    number = str(list(shop.store.locations)[1])
    _push(client, ("JACKET-M", 11), location_external_id=number)
    assert _level(shop, "JACKET-M", place=1).available == 11


def test_unknown_location_is_an_error_of_its_figures(client):
    answers = _push(client, ("JACKET-M", 1), location_external_id="404")
    assert isinstance(answers["JACKET-M"], Rejected)


def test_shop_without_active_location_is_a_setting(client, shop):
    for location in shop.store.locations.values():
        location.is_active = False
    assert isinstance(_push(client, ("JACKET-M", 1))["JACKET-M"], Misconfigured)


def test_large_catalogue_is_set_in_parts(client, shop):
    skus = [f"BULK-{turn:03}" for turn in range(520)]
    shop.store.set_catalogue(
        [{"sku": sku, "title": sku, "price": "1.00"} for sku in skus]
    )
    answers = _push(client, *((sku, 9) for sku in skus))
    assert (len(answers), any(answers.values())) == (520, False)
    assert {_level(shop, sku).available for sku in skus} == {9}


def test_figures_behind_a_fault_are_tried_again(client, shop):
    skus = [f"BULK-{turn:03}" for turn in range(300)]
    shop.store.set_catalogue(
        [{"sku": sku, "title": sku, "price": "1.00"} for sku in skus]
    )
    shop.faults.set({"error_5xx_before": {"times": 1, "match": "BULK-299"}})
    answers = _push(client, *((sku, 9) for sku in skus))
    assert [type(answers[sku]) for sku in ("BULK-000", "BULK-299")] == [
        type(None),
        Retry,
    ]


@pytest.mark.parametrize("fault", ["error_5xx_after_effect", "truncated_body"])
def test_figure_whose_answer_was_lost_is_right_after_a_second_try(client, shop, fault):
    shop.faults.set({fault: {"times": 1, "match": SET}})
    first, second = (_push(client, ("JACKET-M", 7)) for _turn in range(2))
    assert (type(first["JACKET-M"]), second) == (Retry, {"JACKET-M": None})
    assert _level(shop, "JACKET-M").available == 7


def test_nothing_to_push_asks_nothing(client, shop):
    shop.faults.set({"expired_token": True})
    assert _push(client) == {}

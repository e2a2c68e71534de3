# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which product an item of a catalogue is, and what counts as drift."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine.catalogue import is_drifted, match


@pytest.mark.parametrize(
    ("case", "sku", "barcode", "found"),
    [
        ("by SKU", "MUG", "", 1),
        ("SKU goes before barcode", "MUG", "400", 1),
        ("by barcode", "NEW", "400", 2),
        ("neither", "NEW", "", 0),
        ("SKU of two", "TWIN", "", 0),
        ("SKU of two, settled by barcode", "TWIN", "500", 4),
        ("SKU of two, barcode of a third", "TWIN", "400", 0),
        ("empty SKU is no SKU", "", "", 0),
    ],
)
def test_item_is_matched(case, sku, barcode, found):
    by_sku = {"MUG": [1], "TWIN": [3, 4], "": [9]}
    by_barcode = {"400": [2], "500": [4], "": [9]}
    assert match(sku, barcode, by_sku, by_barcode).found == found, case


def test_candidates_of_an_ambiguous_item_are_kept():
    assert match("TWIN", "", {"TWIN": [3, 4]}, {}).products == (3, 4)


keys = st.sampled_from(["", "a", "b"])
index = st.dictionaries(keys, st.lists(st.integers(1, 5), max_size=3, unique=True))


@given(keys, keys, index, index)
def test_what_is_found_has_the_sku_or_the_barcode(sku, barcode, by_sku, by_barcode):
    found = match(sku, barcode, by_sku, by_barcode).found
    known = [*by_sku.get(sku, ()), *by_barcode.get(barcode, ()), 0]
    assert found in known


@pytest.mark.parametrize(
    ("case", "shown", "told", "wanted", "drifted"),
    [
        ("as told", 5, 5, 5, False),
        ("behind: the next push brings it along", 5, 5, 3, False),
        ("changed in the shop", 9, 5, 5, True),
        ("right by chance", 3, 5, 3, False),
        ("not counted there", None, 5, 3, False),
        ("never told, and different", 9, None, 5, True),
    ],
)
def test_drift(case, shown, told, wanted, drifted):
    assert is_drifted(shown, told, wanted) is drifted, case

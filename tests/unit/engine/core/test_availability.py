# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_core.engine.availability import (
    Availability,
    Buffer,
    Stock,
    available,
    kits,
    pooled,
    sellable,
)

UNITS = st.integers(0, 1000).map(float)
BUFFERS = st.builds(Buffer, UNITS, st.integers(0, 100).map(float), UNITS)


@pytest.mark.parametrize(
    ("pool", "buffer", "expected"),
    [
        (10, Buffer(), 10),
        (10, Buffer(quantity=3), 7),
        (10, Buffer(percent=25), 7),
        (10, Buffer(quantity=3, percent=25), 4),
        (10, Buffer(cap=5), 5),
        (10, Buffer(quantity=20), 0),
        (10, Buffer(percent=100), 0),
    ],
)
def test_buffer_is_taken_off_before_the_cap(pool, buffer, expected):
    assert sellable(pool, buffer) == expected


@given(pool=UNITS, buffer=BUFFERS)
def test_channel_never_sells_more_than_there_is_or_than_its_cap(pool, buffer):
    quantity = sellable(pool, buffer)
    assert 0 <= quantity <= pool
    assert not buffer.cap or quantity <= buffer.cap


@given(pool=UNITS, more=UNITS, buffer=BUFFERS)
def test_more_stock_never_means_less_to_sell(pool, more, buffer):
    assert sellable(pool, buffer) <= sellable(pool + more, buffer)


def test_node_that_owes_takes_nothing_from_the_others():
    assert pooled([Stock(available=-2), Stock(available=4)]) == 4


def test_demand_without_a_transfer_takes_from_the_others():
    assert pooled([Stock(waiting=2, available=-2), Stock(available=4)]) == 2


def test_available_is_exact_in_the_digits_of_a_quantity():
    assert available(Stock(on_hand=0.1 + 0.2, promised=0.3)) == 0


def test_part_that_is_not_kept_in_stock_does_not_count():
    assert kits({1: 7.0}, {1: 2.0, 2: 1.0}) == 3


def test_thirds_make_a_whole_kit():
    assert kits({1: 1.0}, {1: 0.333333333}) == 3


def test_node_without_goods_is_empty_and_known():
    answer = Availability(goods={1}, nodes={7, 8})
    assert dict(answer) == {(1, 7): 0, (1, 8): 0}


def test_kit_has_the_nodes_that_were_found_for_it():
    answer = Availability({7: {2: 3.0}}, goods={1}, nodes={7, 8})
    assert answer[2, 7] == 3
    assert (2, 8) not in answer
    assert len(answer) == 3


def test_expected_goods_count_when_they_were_asked_for():
    stock = Stock(on_hand=5.0, promised=2.0, safety=1.0, incoming=4.0)
    assert available(stock, with_incoming=True) == 6

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_core.engine.reservation import Demand, Row, Shelf


def compare(one: float, other: float) -> int:
    """Quantities are equal when they agree to two decimals."""
    difference = round(one - other, 2)
    return (difference > 0) - (difference < 0)


def serve(rows, quantities, **options):
    shelf = Shelf([Row(*row) for row in rows], compare)
    demands = [Demand(key, q, **options) for key, q in enumerate(quantities)]
    return shelf, shelf.serve(demands)


def taken(shares):
    return [(share.row, share.quantity) for share in shares]


# === EXAMPLES ===


def test_rows_are_emptied_in_their_order():
    _shelf, shares = serve([(1, 10, 2, 0), (2, 20, 5, 0)], [3])
    assert taken(shares[0]) == [(1, 2), (2, 1)]


def test_the_first_demand_is_served_first():
    _shelf, shares = serve([(1, 10, 5, 0)], [3, 3, 1])
    assert [taken(shares[key]) for key in range(3)] == [[(1, 3)], [(1, 2)], []]


def test_what_is_reserved_is_not_given_again():
    _shelf, shares = serve([(1, 10, 5, 4)], [3])
    assert taken(shares[0]) == [(1, 1)]


def test_two_rows_of_a_place_are_booked_on_the_first():
    shelf, shares = serve([(1, 10, 1, 0), (2, 10, 4, 0)], [3])
    assert taken(shares[0]) == [(1, 3)]
    assert shelf.changes == {1: 3}


def test_a_row_booked_beyond_its_quantity_takes_from_its_neighbour():
    _shelf, shares = serve([(1, 10, 0, 2), (2, 10, 5, 0)], [9])
    assert taken(shares[0]) == [(1, 3)]


def test_negative_stock_elsewhere_lowers_what_can_be_given():
    _shelf, shares = serve([(1, 10, -2, 0), (2, 20, 5, 0)], [9])
    assert taken(shares[0]) == [(2, 3)]


def test_a_demand_gets_what_its_own_unit_can_carry():
    _shelf, shares = serve([(1, 10, 30, 0)], [36], fit=lambda q: q // 12 * 12)
    assert taken(shares[0]) == [(1, 24)]


def test_nothing_on_the_shelf_gives_nothing():
    shelf, shares = serve([], [1])
    assert shares == {0: []}
    assert shelf.changes == {}


# === INVARIANTS ===

quantities = st.integers(-300, 1000).map(lambda n: n / 100)
row_values = st.tuples(
    st.integers(1, 4), quantities, st.integers(0, 500).map(lambda n: n / 100)
)
shelves = st.lists(row_values, max_size=8).map(
    lambda rows: [(number, *row) for number, row in enumerate(rows, 1)]
)
demands = st.lists(st.integers(1, 800).map(lambda n: n / 100), max_size=8)


@given(shelves, demands)
def test_no_demand_gets_more_than_it_asks(rows, wanted):
    _shelf, shares = serve(rows, wanted)
    for key, quantity in enumerate(wanted):
        assert compare(sum(share.quantity for share in shares[key]), quantity) <= 0


@given(shelves, demands)
def test_all_together_get_no_more_than_is_free(rows, wanted):
    _shelf, shares = serve(rows, wanted)
    free = sum(quantity - reserved for _id, _place, quantity, reserved in rows)
    given_away = sum(share.quantity for part in shares.values() for share in part)
    assert compare(given_away, max(free, 0.0)) <= 0


@given(shelves, demands)
def test_what_is_free_goes_out_while_somebody_wants_it(rows, wanted):
    """Only a place that is booked beyond all it holds keeps others from giving."""
    places = {}
    for _id, place, quantity, reserved in rows:
        places[place] = places.get(place, 0.0) + quantity - reserved
    if any(compare(free, 0.0) < 0 for free in places.values()):
        return
    _shelf, shares = serve(rows, wanted)
    given_away = sum(share.quantity for part in shares.values() for share in part)
    assert compare(given_away, min(sum(wanted), sum(places.values()))) == 0


@given(shelves, demands)
def test_what_is_booked_is_what_was_given(rows, wanted):
    shelf, shares = serve(rows, wanted)
    before = {row[0]: row[3] for row in rows}
    booked = sum(new - before[row] for row, new in shelf.changes.items())
    given_away = sum(share.quantity for part in shares.values() for share in part)
    assert compare(booked, given_away) == 0


@given(shelves, demands)
def test_a_share_is_taken_from_a_place_that_has_it(rows, wanted):
    held = {}
    for _id, place, quantity, _reserved in rows:
        held[place] = held.get(place, 0.0) + max(quantity, 0.0)
    _shelf, shares = serve(rows, wanted)
    out = {}
    for part in shares.values():
        for share in part:
            assert share.quantity > 0
            out[share.place] = out.get(share.place, 0.0) + share.quantity
    assert all(compare(quantity, held[place]) <= 0 for place, quantity in out.items())


@given(shelves, demands, demands)
def test_later_demands_change_nothing_for_the_earlier(rows, first, later):
    _shelf, alone = serve(rows, first)
    _shelf, together = serve(rows, [*first, *later])
    assert all(together[key] == shares for key, shares in alone.items())

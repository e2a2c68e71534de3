# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine.json_diff import differences

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "a", "b"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(value=values)
def test_document_does_not_differ_from_itself(value):
    assert list(differences(value, value)) == []


@given(old=values, new=values)
def test_differences_read_backwards_are_the_same(old, new):
    there = {(path, repr(was), repr(now)) for path, was, now in differences(old, new)}
    back = {(path, repr(now), repr(was)) for path, was, now in differences(new, old)}
    assert there == back


def test_rows_are_matched_by_their_id():
    old = {"lines": [{"id": 1, "quantity": 2}]}
    new = {"lines": [{"id": 9, "quantity": 1}, {"id": 1, "quantity": 3}]}
    assert list(differences(old, new)) == [
        ("lines[1].quantity", 2, 3),
        ("lines[9]", None, {"id": 9, "quantity": 1}),
    ]


def test_absent_and_null_are_the_same():
    assert list(differences({"note": None}, {})) == []

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may be the same person, and who never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine.people import (
    clean_email,
    clean_vat,
    is_relay,
    is_same_name,
)

NAMES = st.text(st.characters(categories=("L", "Zs")), max_size=30)


@pytest.mark.parametrize(
    "email",
    [
        "k3x9@marketplace.amazon.de",
        "k3x9@marketplace.amazon.co.uk",
        "x@members.ebay.com",
        "x@privaterelay.appleid.com",
        "x@sub.duck.com",
    ],
)
def test_address_of_a_relay_is_known(email):
    assert is_relay(email)


@pytest.mark.parametrize(
    "email", ["ada@example.com", "ada@notduck.com", "marketplace.amazon.de@x.com", ""]
)
def test_address_of_a_person_is_no_relay(email):
    assert not is_relay(email)


@pytest.mark.parametrize("text", ["", "none", "@example.com", "ada@localhost"])
def test_what_is_no_address_joins_nobody(text):
    assert clean_email(text) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoë Durand", "DURAND  Zoe"), ("Ada", ""), ("O'Neil, Jo", "Jo O Neil")],
)
def test_name_may_be_the_same(one, other):
    assert is_same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("Ada", "Bob"), ("Ada King", "Ada")])
def test_name_is_another(one, other):
    assert not is_same_name(one, other)


@given(NAMES, NAMES)
def test_sameness_of_names_has_no_direction(one, other):
    assert is_same_name(one, other) == is_same_name(other, one)


@given(st.text(max_size=40))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_email(clean_email(text)) == clean_email(text)
    assert clean_vat(clean_vat(text)) == clean_vat(text)

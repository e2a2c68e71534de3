# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine.amounts import (
    discount_percent,
    net_without_tax,
    tax_differences,
)
from odoo.addons.oms_channels.engine.documents import Line, Tax


def line(**values):
    defaults = {"external_id": "1", "name": "Mug", "quantity": Decimal(2)}
    return Line(**(defaults | {"unit_price": Decimal("10.00")} | values))


class Order:
    """As much of an order as the check reads."""

    def __init__(self, *lines, taxes_included=False):
        self.lines = lines
        self.taxes_included = taxes_included


cents = st.integers(0, 10**7).map(lambda n: Decimal(n).scaleb(-2))


def test_tax_is_not_part_of_a_net_price():
    assert net_without_tax(
        line(taxes=(Tax("VAT", Decimal("0.2"), Decimal(4)),)), False
    ) == Decimal(20)


def test_included_tax_is_taken_out():
    assert net_without_tax(
        line(taxes=(Tax("VAT", Decimal("0.2"), Decimal(4)),)), True
    ) == Decimal(16)


def test_line_without_price_has_no_discount():
    assert discount_percent(line(unit_price=Decimal(0))) == 0


@given(price=cents, share=st.integers(0, 100))
def test_discount_never_exceeds_the_line(price, share):
    item = line(unit_price=price, discount=price * 2 * share / 100)
    assert 0 <= discount_percent(item) <= 100


@pytest.mark.parametrize(
    ("case", "charged", "differs"),
    [
        ("exact", "1.20", False),
        ("a cent of rounding", "1.21", False),
        ("within the limit", "1.25", False),
        ("beyond the limit", "1.27", True),
        ("three times the rate", "3.60", True),
    ],
)
def test_tax_differs_beyond_the_limit_and_a_cent_a_line(case, charged, differs):
    order = Order(line(taxes=(Tax("State", Decimal("0.06"), Decimal(charged)),)))
    assert bool(tax_differences(order, Decimal("0.05"))) is differs, case


def test_included_taxes_share_one_base():
    taxes = (
        Tax("A", Decimal("0.10"), Decimal("1.67")),
        Tax("B", Decimal("0.10"), Decimal("1.67")),
    )
    order = Order(line(taxes=taxes), taxes_included=True)
    assert tax_differences(order, Decimal("0.00")) == []


def test_difference_says_what_was_charged_and_expected():
    order = Order(line(taxes=(Tax("State", Decimal("0.06"), Decimal("3.98")),)))
    (difference,) = tax_differences(order, Decimal("0.05"))
    assert (difference.charged, difference.expected) == (
        Decimal("3.98"),
        Decimal("1.20"),
    )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whatever buyers do, the numbers of an order add up in both currencies."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulators.shopify import orders, payload, pricing, refunds
from emulators.shopify.money import Currencies, allocate, digits
from emulators.shopify.refund_wishes import refund_by_hand
from emulators.shopify.store import Store

prices = st.decimals("0.00", "2999.99", places=2)
lines = st.lists(
    st.fixed_dictionaries(
        {
            "sku": st.sampled_from(["BEANIE", "BLANKET", "NO/SUCH SKU"]),
            "quantity": st.integers(1, 9),
            "price": prices,
        }
    ),
    min_size=1,
    max_size=5,
)
discounts = st.one_of(
    st.just(False),
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["percentage", "fixed_amount"]),
            "value": st.decimals("0.01", "100", places=2),
        }
    ),
)
wishes = st.fixed_dictionaries(
    {
        "lines": lines,
        "country": st.sampled_from(["US", "FR", "SE", "CH", "GB"]),
        "currency": st.sampled_from(["USD", "EUR", "SEK", "JPY"]),
        "taxes_included": st.booleans(),
        "discount": discounts,
        "line_discount": st.one_of(st.just(False), st.integers(1, 100)),
        "free_shipping": st.booleans(),
        "shipping": prices,
        "tip": st.one_of(st.just(False), prices),
        "gift_card": st.booleans(),
    }
)
SIDES = ("shop_money", "presentment_money")


def _amount(row, key, side):
    return Decimal(row[f"{key}_set"][side]["amount"])


def _shares(owner, key, field, side):
    return sum(_amount(share, field, side) for share in owner[key])


def _check_totals(body, side):
    ordered = sum(
        _amount(line, "price", side) * line["quantity"] for line in body["line_items"]
    )
    line_discounts = sum(
        _shares(line, "discount_allocations", "amount", side)
        for line in body["line_items"]
    )
    shipping = sum(_amount(row, "price", side) for row in body["shipping_lines"])
    shipping_discounts = sum(
        _shares(row, "discount_allocations", "amount", side)
        for row in body["shipping_lines"]
    )
    owners = body["line_items"] + body["shipping_lines"]
    taxes = sum(_shares(owner, "tax_lines", "price", side) for owner in owners)
    total = ordered - line_discounts + shipping - shipping_discounts
    if not body["taxes_included"]:
        total += taxes
    assert _amount(body, "total_line_items_price", side) == ordered
    assert _amount(body, "subtotal_price", side) == ordered - line_discounts
    assert _amount(body, "total_discounts", side) == line_discounts + shipping_discounts
    assert _amount(body, "total_tax", side) == taxes
    assert _shares(body, "tax_lines", "price", side) == taxes
    return total


def _tip(order, side):
    tip = pricing.tip(order)
    return tip.shop if side == "shop_money" else tip.presentment


@given(wishes)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_placed_order_adds_up(wishes):
    store = Store(seed=3)
    order = orders.place(store, wishes)
    body = payload.order(store, order)
    for side in SIDES:
        total = _check_totals(body, side) + _tip(order, side)
        assert _amount(body, "total_price", side) == total
        assert _amount(body, "current_total_price", side) == total


@given(wishes, st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), max_size=12))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_refunds_of_all_units_in_any_parts_are_the_whole_order(wishes, steps):
    store = Store(seed=3)
    order = orders.place(store, wishes | {"financial_status": "paid", "tip": False})
    for index, units in steps:
        line = order.lines[index % len(order.lines)]
        if units <= line.current_quantity:
            _give_back(store, order, line, units)
    for line in order.lines:
        if line.current_quantity:
            _give_back(store, order, line, line.current_quantity)
    refund_by_hand(store, order, {"shipping": True})
    assert not pricing.current_total(order)
    assert not pricing.current_tax(order)
    assert not pricing.current_discounts(order) - _shipping_discounts(order)
    assert not refunds.refundable(order)
    assert not pricing.outstanding(order)


def _give_back(store, order, line, units):
    wish = {"line_id": line.id, "quantity": units}
    refund_by_hand(store, order, {"lines": [wish]})


def _shipping_discounts(order):
    return order.currencies.total(
        pricing.allocated(row, order) for row in order.shipping_lines
    )


@given(
    st.decimals("0", "10000", places=2),
    st.lists(st.decimals("0", "500", places=2), min_size=1, max_size=7),
)
def test_shares_by_largest_remainder_add_up_and_stay_near(amount, weights):
    shares = allocate(amount, weights, "EUR")
    whole = sum(weights)
    assert sum(shares) == (amount if whole else 0)
    for share, weight in zip(shares, weights, strict=True):
        exact = amount * weight / whole if whole else Decimal(0)
        assert abs(share - exact) < Decimal("0.01")


@pytest.mark.parametrize(
    ("currency", "expected"),
    [("USD", "12.35"), ("JPY", "12"), ("KWD", "12.345")],
)
def test_amounts_are_rounded_half_up_to_the_digits_of_the_currency(currency, expected):
    money = Currencies(currency, currency).from_shop(Decimal("12.345"))
    assert str(money.shop) == expected
    assert -money.shop.as_tuple().exponent == digits(currency)


def test_same_seed_places_the_same_orders():
    def placed(seed):
        store = Store(seed)
        kept = ("name", "total_price", "email", "financial_status", "line_items")
        return [
            {key: payload.order(store, orders.place(store))[key] for key in kept}
            for _turn in range(20)
        ]

    assert placed(5) == placed(5)
    assert placed(5) != placed(6)


def test_three_hundred_buyers_do_everything_that_buyers_do():
    store = Store(seed=11)
    bodies = [payload.order(store, orders.place(store)) for _turn in range(300)]
    reductions = [part for body in bodies for part in body["discount_applications"]]
    seen = {
        "european": any(b["billing_address"]["country_code"] == "FR" for b in bodies),
        "two taxes": any(len(b["tax_lines"]) == 2 for b in bodies),
        "no tax": any(not b["tax_lines"] for b in bodies),
        "two currencies": any(
            b["currency"] != b["presentment_currency"] for b in bodies
        ),
        "taxes included": any(b["taxes_included"] for b in bodies),
        "tip": any(b["total_tip_received"] != "0.00" for b in bodies),
        "gift card": any("gift_card" in b["payment_gateway_names"] for b in bodies),
        "note": any(b["note"] and "\n" in b["note"] for b in bodies),
        "emoji": any(b["note"] and "🎁" in b["note"] for b in bodies),
        "guest": any(b["customer"] is None for b in bodies),
        "draft": any(b["source_name"] == "shopify_draft_order" for b in bodies),
        "unknown": any(
            not line["product_exists"] for b in bodies for line in b["line_items"]
        ),
        "line discount": any(part["type"] == "automatic" for part in reductions),
        "free shipping": any(
            part["target_type"] == "shipping_line" for part in reductions
        ),
    }
    assert [name for name, happened in seen.items() if not happened] == []
    assert {"paid", "pending", "authorized"} <= {b["financial_status"] for b in bodies}

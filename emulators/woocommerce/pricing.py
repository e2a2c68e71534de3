# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an order costs: line by line, tax by tax, as the platform writes it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
FINE = Decimal("0.000001")
ZERO = Decimal(0)
# By country: (rate id, label, percent, on shipping too, on top of the others)
RATES: dict[str, tuple[tuple[int, str, str, bool, bool], ...]] = {
    "US": ((75, "State Tax", "7.5", False, False),),
    "CA": ((11, "GST", "5", True, False), (12, "PST", "7", True, False)),
    "QC": ((11, "GST", "5", True, False), (13, "QST", "9.975", True, True)),
    "DE": ((21, "MwSt.", "19", True, False),),
    "FR": ((22, "TVA", "20", True, False),),
    "GB": ((23, "VAT", "20", True, False),),
}
Row = dict[str, Any]


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def text(amount: Decimal) -> str:
    return f"{amount:.2f}"


def list_rates(country: str, *, shipping: bool = False) -> list[tuple]:
    return [row for row in RATES.get(country, ()) if row[3] or not shipping]


def split_tax(amount: Decimal, rates: Iterable[tuple], *, included: bool):
    """(net, {rate id: exact tax}) of an amount that has the tax in it, or has not."""
    rates = list(rates)
    fractions, reached = {}, ZERO
    for number, _label, percent, _shipping, _compound in rates:
        fractions[number] = Decimal(percent) / 100
    for number, _label, _percent, _shipping, compound in rates:
        if compound:
            fractions[number] *= 1 + reached
        reached += fractions[number]
    net = amount / (1 + reached) if included else amount
    taxes = {number: net * part for number, part in fractions.items()}
    if included:
        net = amount - cents(sum(taxes.values(), ZERO))
    return net, taxes


def tax_row(gross_before: Decimal, gross: Decimal, rates, *, included: bool) -> Row:
    """The money members of a line: subtotal before discount, total after it."""
    before, before_taxes = split_tax(gross_before, rates, included=included)
    net, taxes = split_tax(gross, rates, included=included)
    return {
        "subtotal": text(cents(before)),
        "subtotal_tax": text(cents(sum(before_taxes.values(), ZERO))),
        "total": text(cents(net)),
        "total_tax": text(cents(sum(taxes.values(), ZERO))),
        "taxes": [
            {
                "id": number,
                "total": _fine(amount),
                "subtotal": _fine(before_taxes[number]),
            }
            for number, amount in taxes.items()
        ],
    }


def _fine(amount: Decimal) -> str:
    return f"{amount.quantize(FINE).normalize():f}"


def sum_up(order: Row) -> None:
    """Write the totals of an order from its lines."""
    goods, fees = order["line_items"], order["fee_lines"]
    shipping = order["shipping_lines"]
    cart_tax = _sum([*goods, *fees], "total_tax")
    shipping_tax = _sum(shipping, "total_tax")
    discount = _sum(goods, "subtotal") - _sum(goods, "total")
    discount_tax = _sum(goods, "subtotal_tax") - _sum(goods, "total_tax")
    net = _sum([*goods, *fees, *shipping], "total")
    order |= {
        "discount_total": text(discount),
        "discount_tax": text(discount_tax),
        "shipping_total": text(_sum(shipping, "total")),
        "shipping_tax": text(shipping_tax),
        "cart_tax": text(cart_tax),
        "total_tax": text(cart_tax + shipping_tax),
        "total": text(net + cart_tax + shipping_tax - _sum_cards(order)),
    }


def _sum(rows: list[Row], key: str) -> Decimal:
    return sum((Decimal(row[key]) for row in rows), ZERO)


def _sum_cards(order: Row) -> Decimal:
    return sum((Decimal(card["amount"]) for card in order.get("gift_cards", ())), ZERO)


def tax_lines(order: Row, country: str, next_id) -> list[Row]:
    """One row for each rate that taxes something; they add up to the order's taxes."""
    rows = []
    for number, label, percent, _shipping, compound in RATES.get(country, ()):
        goods = _sum_rate([*order["line_items"], *order["fee_lines"]], number)
        shipping = _sum_rate(order["shipping_lines"], number)
        rows.append(
            {
                "id": next_id(),
                "rate_code": f"{country}-{label.upper()}-{number}",
                "rate_id": number,
                "label": label,
                "compound": compound,
                "tax_total": text(cents(goods)),
                "shipping_tax_total": text(cents(shipping)),
                "rate_percent": float(percent),
                "meta_data": [],
            }
        )
    return rows


def _sum_rate(rows: list[Row], number: int) -> Decimal:
    return sum(
        (
            Decimal(share["total"])
            for row in rows
            for share in row["taxes"]
            if share["id"] == number
        ),
        ZERO,
    )

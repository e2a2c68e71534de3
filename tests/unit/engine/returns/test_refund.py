# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_returns.engine.refund import (
    InvoicedLine,
    bear_discounts,
    plan_refund,
)
from odoo.addons.oms_returns.engine.shares import Amounts, Tax


def dec(text):
    return Decimal(str(text))


def invoiced(quantity=3, net="30.00", taxes=("6.30",), number=1, **values):
    """An invoiced line; taxes by position."""
    return InvoicedLine(
        id=number,
        quantity=dec(quantity),
        amounts=Amounts(
            dec(net),
            tuple(Tax(n, dec(net), dec(tax)) for n, tax in enumerate(taxes, start=1)),
        ),
        **values,
    )


def give_back(line, refund):
    """The line as it stands once the refund is booked."""
    return replace(
        line,
        refunded_quantity=line.refunded_quantity + refund.quantity,
        refunded=line.refunded + refund.amounts,
    )


def test_returned_units_are_refunded_with_their_tax():
    [refund] = plan_refund([invoiced()], dec(2), 2)
    assert refund.gross == dec("24.20")


def test_units_come_from_the_first_invoice_first():
    refunds = plan_refund([invoiced(2, number=1), invoiced(1, number=2)], dec(3), 2)
    assert [(refund.line, refund.quantity) for refund in refunds] == [(1, 2), (2, 1)]


def test_not_more_units_than_were_invoiced():
    refunds = plan_refund([invoiced(3)], dec(5), 2)
    assert sum(refund.quantity for refund in refunds) == 3


def test_refunded_line_has_nothing_to_give_back():
    assert plan_refund([invoiced(3, refunded_quantity=dec(3))], dec(1), 2) == ()


def test_returns_credited_together_take_different_units():
    line = invoiced(3, "10.00", ())
    first = plan_refund([line], dec(1), 2)
    others = plan_refund([line], dec(2), 2, skip=dec(1))
    assert [refund.gross for refund in first + others] == [dec("3.34"), dec("6.66")]


def test_refund_is_capped_by_what_was_credited_by_hand():
    line = invoiced(
        2, "20.00", (), refunded_quantity=dec(1), refunded=Amounts(dec("15.00"))
    )
    [refund] = plan_refund([line], dec(1), 2)
    assert (refund.gross, refund.capped) == (dec("5.00"), True)


def test_order_discount_is_taken_off_the_refund():
    lines = [invoiced(1, "30.00", ()), invoiced(1, "10.00", (), number=2)]
    voucher = invoiced(1, "-4.00", (), number=3)
    borne = bear_discounts([*lines, voucher], 2)
    assert [plan_refund([line], dec(1), 2)[0].gross for line in borne] == [
        dec("27.00"),
        dec("9.00"),
    ]


COINS = st.integers(min_value=0, max_value=10**7)


@st.composite
def invoices(draw):
    """An invoice of some lines, perhaps with a discount, in a currency."""
    digits = draw(st.sampled_from([0, 2, 3]))
    coin = dec(1).scaleb(-digits)
    tax_count = draw(st.integers(0, 3))
    quantities = st.one_of(
        st.integers(1, 12).map(Decimal),
        st.decimals(min_value=dec("0.01"), max_value=12, places=2),
    )
    lines = [
        invoiced(
            draw(quantities),
            draw(COINS) * coin,
            [draw(COINS) * coin for _tax in range(tax_count)],
            number=number,
        )
        for number in range(1, draw(st.integers(1, 4)) + 1)
    ]
    paid = sum(line.amounts.gross for line in lines)
    if draw(st.booleans()) and paid:
        share = draw(st.integers(0, int(paid / coin)))
        lines.append(invoiced(1, -share * coin, [], number=99))
    return lines, digits


@given(invoice=invoices(), data=st.data())
def test_refunds_of_any_sequence_of_returns_are_what_was_invoiced(invoice, data):
    lines, digits = invoice
    given_back = Amounts()
    open_lines = list(bear_discounts(lines, digits))
    while open_lines:
        number = data.draw(st.integers(0, len(open_lines) - 1))
        line = open_lines[number]
        hundredths = int(line.open_quantity * 100)
        taken = Decimal(data.draw(st.integers((hundredths + 3) // 4, hundredths))) / 100
        [refund] = plan_refund([line], taken, digits)
        given_back += refund.amounts
        for discount in refund.discounts:
            given_back += discount.amounts
        open_lines[number] = give_back(line, refund)
        if not open_lines[number].open_quantity:
            del open_lines[number]
    whole = Amounts()
    for line in lines:
        whole += line.amounts
    assert given_back.net == whole.net
    assert {tax.id: tax.amount for tax in given_back.taxes} == {
        tax.id: tax.amount for tax in whole.taxes
    }


@given(
    invoice=invoices(),
    by_hand=st.lists(COINS, min_size=1, max_size=3),
)
def test_never_more_is_given_back_than_was_invoiced(invoice, by_hand):
    """Whatever an accountant credited of the line before."""
    lines, digits = invoice
    line = lines[0]
    coin = dec(1).scaleb(-digits)
    credited = min(sum(by_hand) * coin, line.amounts.net)
    line = replace(line, refunded=Amounts(credited))
    [refund] = plan_refund([line], line.quantity, digits)
    assert refund.amounts.net + credited <= line.amounts.net

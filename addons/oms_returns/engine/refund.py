# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much money goes back for units that came back.

Asked with the lines of the posted invoices as they stand, answered with what the
credit note must say of each of them. Never more than was invoiced, in any amount.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .shares import ZERO, Amounts, Tax, part, spread

NOTHING = Amounts()


@dataclass(frozen=True, slots=True)
class Discount:
    """The share of an order discount that one line bears; amounts are negative."""

    line: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class InvoicedLine:
    """A line of a posted invoice, and what has been given back of it so far."""

    id: int
    quantity: Decimal
    amounts: Amounts
    refunded_quantity: Decimal = ZERO
    refunded: Amounts = NOTHING
    discounts: tuple[Discount, ...] = ()

    @property
    def open_quantity(self) -> Decimal:
        return max(self.quantity - self.refunded_quantity, ZERO)


@dataclass(frozen=True, slots=True)
class Refund:
    """What a credit note says of one invoiced line."""

    line: int
    quantity: Decimal
    amounts: Amounts
    discounts: tuple[Discount, ...] = ()
    capped: bool = False

    @property
    def gross(self) -> Decimal:
        return self.amounts.gross + sum(
            (discount.amounts.gross for discount in self.discounts), ZERO
        )


def bear_discounts(
    lines: Sequence[InvoicedLine], digits: int
) -> tuple[InvoicedLine, ...]:
    """The sold lines of one invoice, each with its share of the order discounts.

    A discount is a line with a negative amount. It falls on the other lines in
    proportion to what they cost.
    """
    sold = tuple(line for line in lines if line.amounts.gross >= 0)
    reductions = [line for line in lines if line.amounts.gross < 0]
    weights = [line.amounts.gross for line in sold]
    if not reductions or not any(weights):
        return sold
    shares = [
        (reduction.id, spread(reduction.amounts, weights, digits))
        for reduction in reductions
    ]
    return tuple(
        replace(
            line,
            discounts=tuple(Discount(key, by_line[index]) for key, by_line in shares),
        )
        for index, line in enumerate(sold)
    )


def plan_refund(
    lines: Sequence[InvoicedLine],
    quantity: Decimal,
    digits: int,
    skip: Decimal = ZERO,
) -> tuple[Refund, ...]:
    """Take units from the invoiced lines of one order line, first invoiced first.

    :param lines: the lines of the order line's invoices, oldest first
    :param quantity: units that came back
    :param digits: decimal places of the currency
    :param skip: units that another return, credited with this one, takes before
    :return: one refund per invoiced line touched; their quantities come to less
        than asked for where less was invoiced
    """
    refunds = []
    for line in lines:
        before = min(skip, line.open_quantity)
        taken = min(quantity, line.open_quantity - before)
        skip -= before
        if taken <= 0:
            continue
        quantity -= taken
        refunds.append(_refund(line, before, taken, digits))
    return tuple(refunds)


def _refund(line: InvoicedLine, before: Decimal, taken: Decimal, digits: int) -> Refund:
    first = line.refunded_quantity
    start, end = first + before, first + before + taken
    share = part(line.amounts, line.quantity, start, end, digits)
    skipped = part(line.amounts, line.quantity, first, start, digits)
    amounts = _cap(share, line.amounts - line.refunded - skipped)
    return Refund(
        line=line.id,
        quantity=taken,
        amounts=amounts,
        discounts=tuple(
            Discount(
                discount.line,
                part(discount.amounts, line.quantity, start, end, digits),
            )
            for discount in line.discounts
        ),
        capped=amounts != share,
    )


def _cap(share: Amounts, left: Amounts) -> Amounts:
    """No amount beyond what is left of it: an accountant may have refunded some."""
    open_taxes = {tax.id: tax for tax in left.taxes}
    return Amounts(
        min(share.net, max(left.net, ZERO)),
        tuple(
            Tax(
                tax.id,
                min(tax.base, max(open_taxes[tax.id].base, ZERO)),
                min(tax.amount, max(open_taxes[tax.id].amount, ZERO)),
            )
            for tax in share.taxes
        ),
    )

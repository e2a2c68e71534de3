# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is left of an order after cancels and refunds, exact to the last unit.

A document says what was bought and, beside it, what was taken off and given back.
Here both become one: the lines as they are to be delivered and paid. Amounts are
never computed from prices again: what is gone is the channel's figure where it says
one, else a share, and what is left is the rest.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .amounts import net_without_tax, round_half_up
from .documents import ZERO, ChannelOrder, Line, RefundedLine, Reversal, Tax
from .shares import apportion

ONE = Decimal(1)
REFUND = "refund"  # the kind of a line for money that belongs to no line


@dataclass(frozen=True, slots=True)
class Gone:
    """Units and money that are off a line; ``amount`` has the ``tax`` in it."""

    quantity: Decimal = ZERO
    amount: Decimal = ZERO
    tax: Decimal = ZERO

    def __add__(self, other: "Gone") -> "Gone":
        return Gone(
            self.quantity + other.quantity,
            self.amount + other.amount,
            self.tax + other.tax,
        )


def settle(
    order: ChannelOrder, digits: int = 2, invoiced: Collection[str] = ()
) -> tuple[Line, ...]:
    """The lines as they are to be delivered and invoiced.

    Cancelled units are off, with their money. Money given back for units that left
    is off too, but for the lines named in ``invoiced``: those keep the amounts of
    their invoice, and a credit note gives back the rest.
    """
    rows = _group_rows(order)
    lines = [
        _reduce(
            order,
            line,
            _cancelled(order, line, rows.get(line.external_id, ()), digits)
            if line.external_id in invoiced
            else _all_gone(order, line, rows.get(line.external_id, ()), digits),
        )
        for line in order.lines
    ]
    return (*lines, *_list_kept(order.refunds))


def units_paid(order: ChannelOrder) -> dict[str, Decimal]:
    """Units of each line that the buyer still pays for: {external id: units}."""
    rows = _group_rows(order)
    left = {}
    for line in order.lines:
        refunded = sum((row.quantity for row in rows.get(line.external_id, ())), ZERO)
        left[line.external_id] = max(
            line.quantity - max(line.cancelled, refunded), ZERO
        )
    return left | {refund_key(refund): ONE for refund in order.refunds if refund.kept}


def gross(line: Line, taxes_included: bool) -> Decimal:
    """What is paid for the line, taxes included."""
    return line.net if taxes_included else line.net + line.tax


def lines_total(order: ChannelOrder, lines: Iterable[Line]) -> Decimal:
    """What these lines come to, with the taxes as the order has them."""
    return sum((gross(line, order.taxes_included) for line in lines), ZERO)


def cancel_all(order: ChannelOrder) -> ChannelOrder:
    """The document of which nothing is left: an order that was called off."""
    lines = (replace(line, cancelled=line.quantity) for line in order.lines)
    return replace(order, lines=tuple(lines))


def refund_key(refund: Reversal) -> str:
    return f"refund-{refund.external_id}"


# === WHAT IS GONE ===


def _group_rows(order: ChannelOrder) -> dict[str, tuple[RefundedLine, ...]]:
    rows: dict[str, tuple[RefundedLine, ...]] = {}
    for refund in order.refunds:
        for row in refund.lines:
            rows[row.external_id] = (*rows.get(row.external_id, ()), row)
    # What never left is accounted for first, whatever the order of the refunds.
    return {
        key: tuple(sorted(group, key=lambda row: row.returned))
        for key, group in rows.items()
    }


def _all_gone(
    order: ChannelOrder, line: Line, rows: Sequence[RefundedLine], digits: int
) -> Gone:
    gone = Gone()
    for row in rows:
        gone += _read_row(order, line, row, gone, digits)
    rest = line.cancelled - gone.quantity
    if rest > 0:
        gone += _share(order, line, rest, gone, digits)
    return replace(gone, quantity=line.cancelled)


def _cancelled(
    order: ChannelOrder, line: Line, rows: Sequence[RefundedLine], digits: int
) -> Gone:
    gone = Gone()
    for row in rows:
        wanted = line.cancelled - gone.quantity
        if wanted <= 0:
            break
        whole = _read_row(order, line, row, gone, digits)
        gone += _part(whole, min(wanted, whole.quantity), digits)
    rest = line.cancelled - gone.quantity
    if rest > 0:
        gone += _share(order, line, rest, gone, digits)
    return gone


def _read_row(
    order: ChannelOrder, line: Line, row: RefundedLine, before: Gone, digits: int
) -> Gone:
    if row.amount is None:
        return _share(order, line, row.quantity, before, digits)
    return Gone(row.quantity, row.amount, row.tax)


def _share(
    order: ChannelOrder, line: Line, units: Decimal, before: Gone, digits: int
) -> Gone:
    """Units of what is left of the line; the last ones take what is left of it."""
    left = line.quantity - before.quantity
    units = min(units, left)
    if units <= 0:
        return Gone()
    amount = gross(line, order.taxes_included) - before.amount
    return _part(Gone(left, amount, line.tax - before.tax), units, digits)


def _part(whole: Gone, units: Decimal, digits: int) -> Gone:
    if not whole.quantity or units == whole.quantity:
        return whole
    return Gone(
        units,
        round_half_up(whole.amount * units / whole.quantity, digits),
        round_half_up(whole.tax * units / whole.quantity, digits),
    )


# === WHAT IS LEFT ===


def _reduce(order: ChannelOrder, line: Line, gone: Gone) -> Line:
    if gone == Gone():
        return replace(line, cancelled=ZERO)
    quantity = line.quantity - gone.quantity
    tax_left = line.tax - gone.tax
    net = net_without_tax(line, order.taxes_included) - (gone.amount - gone.tax)
    paid = net + tax_left if order.taxes_included else net
    return replace(
        line,
        quantity=quantity,
        discount=line.unit_price * quantity - paid,
        taxes=_reduce_taxes(line.taxes, gone.tax),
        cancelled=ZERO,
        fulfilled=min(line.fulfilled, quantity),
    )


def _reduce_taxes(taxes: tuple[Tax, ...], gone: Decimal) -> tuple[Tax, ...]:
    if not taxes or not gone:
        return taxes
    shares = apportion(gone, [abs(tax.amount) for tax in taxes])
    return tuple(
        replace(tax, amount=tax.amount - share)
        for tax, share in zip(taxes, shares, strict=True)
    )


def _list_kept(refunds: Iterable[Reversal]) -> Iterable[Line]:
    """Money beside the lines, a line of its own each: kept, or given on top.

    The tax in it has no rate that the channel would name: it stays in the amount.
    """
    for refund in refunds:
        if refund.kept:
            yield Line(
                external_id=refund_key(refund),
                name="",
                quantity=ONE,
                unit_price=refund.kept,
                kind=REFUND,
            )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was taken back, by line, out of the refunds that stand beside an order."""

from collections.abc import Iterator

from ...engine.documents import ZERO, RefundedLine, Reversal
from ...engine.reading import Node
from .progress import REFUNDS, Progress, read_line_key

# Rows of a refund, and how the keys of the lines begin that they take back.
ROWS = (("line_items", ""), ("fee_lines", "fee-"), ("shipping_lines", "shipping-"))


def read_refunds(order: Node, progress: Progress) -> tuple[Reversal, ...]:
    return tuple(
        _read_refund(refund, progress.is_return(refund))
        for refund in order.items(REFUNDS)
    )


def _read_refund(refund: Node, returned: bool) -> Reversal:
    """An amount alone, without rows, belongs to no line."""
    lines = tuple(_read_rows(refund, returned))
    worth = sum((line.amount or ZERO for line in lines), ZERO)
    amount = abs(refund.number_or(worth, "amount"))
    return Reversal(refund.required("id"), lines, kept=worth - amount)


def _read_rows(refund: Node, returned: bool) -> Iterator[RefundedLine]:
    for name, prefix in ROWS:
        for row in refund.items(name):
            key = read_line_key(row)
            if not key:
                continue
            tax = abs(row.number_or(ZERO, "total_tax"))
            net = abs(row.number_or(ZERO, "total"))
            quantity = abs(row.number_or(ZERO, "quantity")) if not prefix else ZERO
            yield RefundedLine(prefix + key, quantity, net + tax, tax, returned)

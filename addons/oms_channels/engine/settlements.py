# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A payout of a gateway, and what it is made of: our words, frozen.

Amounts are signed as they change what the gateway owes us: a charge is positive, a
refund negative. ``fee`` is what the gateway keeps of a line (negative: what it gives
back), so that always ``gross - fee = net``, and the nets add up to the payout.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

ZERO = Decimal(0)
CHARGE, REFUND, FEE, RESERVE, DISPUTE, TAX, ADJUSTMENT = KINDS = (
    "charge",
    "refund",
    "fee",
    "reserve",
    "dispute",
    "tax",
    "adjustment",
)


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """``order`` and ``payment`` are the channel's own numbers, as far as it says."""

    external_id: str
    date: datetime
    kind: str
    gross: Decimal
    fee: Decimal
    net: Decimal
    order: str = ""
    payment: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """``total`` is what arrives at the bank, negative if it is taken from there."""

    external_id: str
    date: datetime
    currency: str
    total: Decimal
    lines: tuple[SettlementLine, ...]

    @property
    def difference(self) -> Decimal:
        """The payout less its lines; nought, or it must not be booked."""
        return self.total - sum((line.net for line in self.lines), ZERO)


def list_unbalanced(lines: Iterable[SettlementLine]) -> list[SettlementLine]:
    """Lines whose amount less fee is not what is left of it."""
    return [line for line in lines if line.gross - line.fee != line.net]


def share_balance(
    amounts: list[Decimal], rate: Decimal, balance: Decimal, digits: int
) -> list[Decimal]:
    """Amounts of a payout in the company's currency, adding up to ``balance``.

    What rounding leaves goes to the largest amount.

    >>> share_balance([Decimal("-20.00"), Decimal("1.00")], Decimal("0.4995"),
    ...               Decimal("-9.49"), 2)
    [Decimal('-9.99'), Decimal('0.50')]
    """
    unit = Decimal(1).scaleb(-digits)
    shares = [(amount * rate).quantize(unit) for amount in amounts]
    if shares:
        at = max(range(len(amounts)), key=lambda i: abs(amounts[i]))
        shares[at] += balance - sum(shares, ZERO)
    return shares

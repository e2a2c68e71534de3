# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much of a line has left already, and how much never will.

An order knows no parcels, only its status, and its line quantities stay as ordered;
what was given back stands in refunds, which are documents of their own. The body of an
order names them without their lines: ``fetching`` puts them in as ``oms_refunds``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ...engine.documents import ZERO
from ...engine.reading import Node
from .wordpress import Meta, read_moment

REFUNDS = "oms_refunds"
# Within this time the shop has completed the order by itself: nobody packed it.
BY_ITSELF = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Progress:
    """``cancelled``: units by line that were given back before anything left."""

    is_completed: bool
    completed_at: datetime | None
    ships: bool
    cancelled: dict[str, Decimal]

    @classmethod
    def of_order(cls, order: Node) -> "Progress":
        completed_at = read_moment(order, "date_completed_gmt")
        status = order.text("status").lower()
        is_completed = status == "completed" or (
            completed_at is not None and status == "refunded"
        )
        ships = not _is_digital(order, completed_at)
        progress = cls(is_completed, completed_at, ships, {})
        for refund in order.items(REFUNDS):
            if progress.is_return(refund):
                continue
            for row in refund.items("line_items"):
                key = read_line_key(row)
                units = abs(row.number_or(ZERO, "quantity"))
                progress.cancelled[key] = progress.cancelled.get(key, ZERO) + units
        return progress

    def is_return(self, refund: Node) -> bool:
        """Whether what a refund takes back had left before."""
        made_at = read_moment(refund, "date_created_gmt")
        before = made_at and self.completed_at and made_at < self.completed_at
        return self.is_completed and not before

    def of(self, key: str, quantity: Decimal) -> tuple[Decimal, Decimal]:
        """(cancelled, fulfilled) units of a line."""
        cancelled = min(self.cancelled.get(key, ZERO), quantity)
        has_left = self.is_completed and self.ships
        return cancelled, quantity - cancelled if has_left else ZERO


def read_line_key(row: Node) -> str:
    """The number of the line that a row of a refund takes back."""
    return Meta.of(row).find("refunded item id")


def _is_digital(order: Node, completed_at: datetime | None) -> bool:
    """Downloads and services: shipped nowhere, and done as soon as they are paid."""
    if order.items("shipping_lines") or not completed_at:
        return False
    begun = read_moment(order, "date_paid_gmt") or read_moment(
        order, "date_created_gmt"
    )
    return begun is not None and completed_at - begun <= BY_ITSELF

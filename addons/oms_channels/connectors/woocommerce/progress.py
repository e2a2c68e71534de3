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
    cancelled: dict[str, Decimal]

    @classmethod
    def of_order(cls, order: Node) -> "Progress":
        completed_at = read_moment(order, "date_completed_gmt")
        status = order.text("status").lower()
        is_completed = status == "completed" or (
            completed_at is not None and status == "refunded"
        )
        cancelled: dict[str, Decimal] = {}
        for refund in order.items(REFUNDS):
            made_at = read_moment(refund, "date_created_gmt")
            if is_completed and not _is_before(made_at, completed_at):
                continue
            for row in refund.items("line_items"):
                key = Meta.of(row).find("refunded item id")
                units = abs(row.number_or(ZERO, "quantity"))
                cancelled[key] = cancelled.get(key, ZERO) + units
        return cls(is_completed and not _is_digital(order, completed_at), cancelled)

    def of(self, key: str, quantity: Decimal) -> tuple[Decimal, Decimal]:
        """(cancelled, fulfilled) units of a line."""
        cancelled = min(self.cancelled.get(key, ZERO), quantity)
        return cancelled, quantity - cancelled if self.is_completed else ZERO


def _is_before(made_at: datetime | None, completed_at: datetime | None) -> bool:
    return bool(made_at and completed_at and made_at < completed_at)


def _is_digital(order: Node, completed_at: datetime | None) -> bool:
    """Downloads and services: shipped nowhere, and done as soon as they are paid."""
    if order.items("shipping_lines") or not completed_at:
        return False
    begun = read_moment(order, "date_paid_gmt") or read_moment(
        order, "date_created_gmt"
    )
    return begun is not None and completed_at - begun <= BY_ITSELF

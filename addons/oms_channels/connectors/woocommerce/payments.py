# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Money, as far as a shop that lists no transactions says.

==========================================  =====================================
``date_paid_gmt`` is set                     capture of the total
``processing`` or ``completed`` without it   authorisation: cash on delivery, or
                                            released by hand; not taken for paid
everything else                             nothing
each refund                                 refund of its amount
each gift card (plugin)                     capture, by the card
==========================================  =====================================
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from ...engine.documents import ZERO, Payment
from ...engine.reading import Node
from .progress import REFUNDS
from .wordpress import read_moment

RELEASED = ("processing", "completed")


def read_payments(
    order: Node, total: Decimal, currency: str, placed_at: datetime
) -> Iterator[Payment]:
    """:param total: what was to be paid with money, gift cards apart"""
    paid_at = read_moment(order, "date_paid_gmt")
    released = order.text("status").lower() in RELEASED
    if total > 0 and (paid_at or released):
        yield Payment(
            external_id="order-paid" if paid_at else "order-released",
            kind="capture" if paid_at else "authorisation",
            amount=total,
            date=paid_at or placed_at,
            currency=currency,
            gateway=order.text("payment_method"),
            is_summary=True,
        )
    yield from _read_refunds(order, currency, placed_at)


def _read_refunds(order: Node, currency: str, placed_at: datetime) -> Iterator[Payment]:
    """From the refunds themselves, else from the order's list of them."""
    changed_at = read_moment(order, "date_modified_gmt") or placed_at
    details = {node.text("id"): node for node in order.items(REFUNDS)}
    listed = {node.text("id"): node for node in order.items("refunds")}
    for key, node in (listed | details).items():
        amount = abs(node.number_or(ZERO, "amount", "total"))
        if not key:
            raise node.get("id").refuse("is missing")
        if amount:
            yield Payment(
                external_id=f"refund-{key}",
                kind="refund",
                amount=amount,
                date=read_moment(node, "date_created_gmt") or changed_at,
                currency=currency,
                gateway=order.text("payment_method"),
            )


def read_gift_cards(
    order: Node, currency: str, placed_at: datetime
) -> tuple[Payment, ...]:
    """Cards of the gift card plugin, which the total is already less by."""
    cards = order.items("gift_cards")
    return tuple(
        Payment(
            external_id=f"gift-card-{node.text('id', 'code') or at}",
            kind="capture",
            amount=amount,
            date=read_moment(order, "date_paid_gmt") or placed_at,
            currency=currency,
            gateway="gift_card",
        )
        for at, node in enumerate(cards)
        if (amount := node.number_or(ZERO, "amount", least=ZERO))
    )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Money secured, taken and given back.

The GraphQL order lists its transactions. The body of an order webhook has only
those of its refunds; what was paid follows from the financial status then, as one
payment that stands for all of its kind (``is_summary``):

=================================  ==========================================
authorized                         authorisation of the total
paid, partially_refunded,          capture of the total
refunded
partially_paid                     capture of the total less what is outstanding
pending, voided, expired, none     nothing
=================================  ==========================================
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from ...engine.documents import ZERO, Payment
from ...engine.reading import Node, clean
from .people import read_key
from .purse import Purse

KINDS = {
    "authorization": "authorisation",
    "emv_authorization": "authorisation",
    "capture": "capture",
    "sale": "capture",
    "refund": "refund",
    "void": "void",
}
PAID = ("paid", "partially_refunded", "refunded")


def read_payments(
    order: Node, purse: Purse, total: Decimal, placed_at: datetime
) -> tuple[Payment, ...]:
    found: dict[str, Payment] = {}
    change: dict[str, Decimal] = {}
    for node in _list_transactions(order):
        if node.text("status").lower() != "success":
            continue
        amount = _read_amount(node, purse)
        kind = node.text("kind").lower()
        if kind == "change":
            # Coins handed back: the till took that much less.
            parent = read_key(node.part("parentTransaction"), "id")
            key = read_key(node, "parent_id") or parent
            change[key] = change.get(key, ZERO) + amount
        elif kind in KINDS and amount:
            key = read_key(node, "id")
            if not key:
                raise node.get("id").refuse("is missing")
            found[key] = Payment(
                external_id=key,
                kind=KINDS[kind],
                amount=amount,
                date=node.moment("processed_at", "processedAt")
                or node.moment("created_at", "createdAt")
                or placed_at,
                currency=purse.currency,
                gateway=node.text("gateway"),
            )
    payments = tuple(_less(payment, change) for payment in found.values())
    if any(payment.kind in ("authorisation", "capture") for payment in payments):
        return payments
    return (*_summarise(order, purse, total, placed_at), *payments)


def _list_transactions(order: Node) -> Iterator[Node]:
    yield from order.items("transactions")
    for refund in order.items("refunds"):
        yield from refund.items("transactions")


def _read_amount(node: Node, purse: Purse) -> Decimal:
    bag = node.get("amountSet", "amount_set")
    if bag:
        return purse.of_bag(bag, least=ZERO)
    amount = node.number("amount", least=ZERO)
    return purse.convert(amount, node.text("currency"))


def _less(payment: Payment, change: dict[str, Decimal]) -> Payment:
    back = change.get(payment.external_id, ZERO)
    return replace(payment, amount=max(payment.amount - back, ZERO))


def _summarise(
    order: Node, purse: Purse, total: Decimal, placed_at: datetime
) -> Iterator[Payment]:
    status = order.text("financial_status", "displayFinancialStatus").lower()
    kind, amount = "capture", ZERO
    if status in PAID:
        amount = total
    elif status == "authorized":
        kind, amount = "authorisation", total
    elif status == "partially_paid":
        outstanding = purse.amount(
            order, "total_outstanding", "totalOutstandingSet", default=total
        )
        amount = max(total - outstanding, ZERO)
    if amount:
        names = order.get("payment_gateway_names", "paymentGatewayNames").value
        gateways = names if isinstance(names, list) else []
        yield Payment(
            external_id="order-paid" if kind == "capture" else "order-authorised",
            kind=kind,
            amount=amount,
            date=placed_at,
            currency=purse.currency,
            gateway=", ".join(
                clean(name) for name in gateways if isinstance(name, str)
            ),
            is_summary=True,
        )

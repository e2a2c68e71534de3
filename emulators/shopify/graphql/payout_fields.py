# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of the payment account, its payouts and what they are made of."""

from __future__ import annotations

from typing import Any

from .connections import connection
from .queries import found
from .resolving import constants_of, field_of, fields_of


@field_of("QueryRoot")
def shopify_payments_account(_root: Any, info: Any) -> Any:
    return info.context.store


constants_of(
    "ShopifyPaymentsAccount",
    activated=True,
    country="US",
    id="gid://shopify/ShopifyPaymentsAccount/1",
)
fields_of("ShopifyPaymentsAccount", defaultCurrency=lambda store: store.currency)


@field_of("ShopifyPaymentsAccount")
def payouts(
    store: Any,
    info: Any,
    sort_key: str,
    query: str | None = None,
    transaction_type: str | None = None,
    **arguments: Any,
) -> Any:
    fields = {
        "id": lambda row: row.id,
        "issued_at": lambda row: row.issued_at,
        "status": lambda row: row.status.lower(),
    }
    rows = found(info, store.payouts.values(), query, fields, lambda row: row.id)
    if transaction_type:
        rows = [row for row in rows if _direction(row) == transaction_type]
    by_id = sort_key == "ID"
    return connection(rows, arguments, lambda row: row.id if by_id else row.issued_at)


@field_of("ShopifyPaymentsAccount")
def balance_transactions(
    store: Any,
    info: Any,
    sort_key: str,
    query: str | None = None,
    hide_transfers: bool = False,
    **arguments: Any,
) -> Any:
    fields = {
        "id": lambda row: row.id,
        "payments_transfer_id": lambda row: row.payout.id if row.payout else None,
        "processed_at": lambda row: row.transaction_date,
        "transaction_type": lambda row: row.type.lower(),
    }
    rows = store.balance_transactions.values()
    rows = found(info, rows, query, fields, lambda row: row.id)
    if hide_transfers:
        rows = [row for row in rows if row.type != "TRANSFER"]
    by_id = sort_key == "ID"
    return connection(
        rows, arguments, lambda row: row.id if by_id else row.transaction_date
    )


def _direction(row: Any) -> str:
    return "WITHDRAWAL" if row.net < 0 else "DEPOSIT"


constants_of("ShopifyPaymentsPayout", externalTraceId=None)
fields_of(
    "ShopifyPaymentsPayout",
    net=lambda row: (row.net, row.currency),
    transactionType=_direction,
)
_SOURCES = {"CHARGE": "CHARGE", "REFUND": "REFUND", "TRANSFER": "TRANSFER"}
constants_of("ShopifyPaymentsBalanceTransaction", test=False)
fields_of(
    "ShopifyPaymentsBalanceTransaction",
    adjustmentReason=lambda row: row.reason,
    amount=lambda row: (row.amount, row.currency),
    associatedOrder=lambda row: row.order,
    associatedPayout=lambda row: (
        {"id": row.payout.gid, "status": row.payout.status}
        if row.payout
        else {"id": None, "status": "PENDING"}
    ),
    fee=lambda row: (row.fee, row.currency),
    net=lambda row: (row.net, row.currency),
    sourceId=lambda row: row.source.id if row.source else None,
    sourceOrderTransactionId=lambda row: row.source.id if row.source else None,
    sourceType=lambda row: _SOURCES.get(row.type, "ADJUSTMENT"),
)

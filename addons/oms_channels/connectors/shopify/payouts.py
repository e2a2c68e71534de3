# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payouts of the shop's payment account, each with all that it is made of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from ...engine.money import parse_decimal, parse_moment
from ...engine.settlements import Settlement, SettlementLine
from . import documents
from .client import Client

# What the platform calls it, by the first part that fits.
KINDS = (
    ("FEE", "fee"),
    ("DISPUTE", "dispute"),
    ("CHARGEBACK", "dispute"),
    ("RISK", "dispute"),
    ("RESERVED_FUNDS", "reserve"),
)
EXACT = {"CHARGE": "charge", "REFUND": "refund"}
ARRIVED = "PAID"


def fetch_payouts(client: Client, since: datetime) -> list[Settlement]:
    """Payouts issued since a moment (UTC, without zone), the earliest first."""
    rows = client.list_all(
        documents.PAYOUTS,
        "shopifyPaymentsAccount.payouts",
        query=f"issued_at:>='{since:%Y-%m-%dT%H:%M:%SZ}'",
    )
    # The list is read to its end before the next one is asked for.
    return [_read_payout(client, row) for row in list(rows) if row["status"] == ARRIVED]


def _read_payout(client: Client, row: dict[str, Any]) -> Settlement:
    key = str(row["legacyResourceId"])
    total = parse_decimal(row["net"]["amount"])
    if row["transactionType"] == "WITHDRAWAL":
        total = -abs(total)
    return Settlement(
        external_id=key,
        date=parse_moment(row["issuedAt"]),
        currency=row["net"]["currencyCode"],
        total=total,
        lines=tuple(_read_lines(client, key, row["id"])),
    )


def _read_lines(client: Client, key: str, gid: str) -> Iterator[SettlementLine]:
    rows = client.list_all(
        documents.PAYOUT_LINES,
        "shopifyPaymentsAccount.balanceTransactions",
        query=f"payments_transfer_id:{key}",
    )
    for row in rows:
        # The platform answers a search term that it does not like with everything.
        if (row["associatedPayout"] or {}).get("id") == gid:
            yield _read_line(row)


def _read_line(row: dict[str, Any]) -> SettlementLine:
    order = row["associatedOrder"] or {}
    gross, fee = (parse_decimal(row[name]["amount"]) for name in ("amount", "fee"))
    line = SettlementLine(
        external_id=_get_number(row["id"]),
        date=parse_moment(row["transactionDate"]),
        kind=_get_kind(row["type"]),
        gross=gross,
        fee=fee,
        net=parse_decimal(row["net"]["amount"]),
        order=order.get("name", ""),
        payment=str(row["sourceOrderTransactionId"] or ""),
        note=row["adjustmentReason"] or row["type"].replace("_", " ").lower(),
    )
    if line.kind == "fee" and not fee:
        return replace(line, gross=Decimal(0), fee=-gross)
    return line


def _get_kind(kind: str) -> str:
    if kind in EXACT:
        return EXACT[kind]
    return next((ours for part, ours in KINDS if part in kind), "adjustment")


def _get_number(gid: str) -> str:
    return gid.rsplit("/", 1)[-1]

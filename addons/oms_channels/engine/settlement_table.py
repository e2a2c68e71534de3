# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Settlements from a table: one row a transaction, in whatever columns.

Common names of columns are known; a mapping names the others. Rows of the type
payout say what arrived at the bank and are no lines themselves.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import Decimal

from .errors import Rejected
from .money import parse_decimal
from .settlements import ZERO, Settlement, SettlementLine

NAMES = {
    "payout": ("payout id", "payout", "settlement id", "settlement", "transfer id"),
    "payout_date": ("payout date", "settlement date"),
    "date": ("date", "transaction date", "created", "created at", "posted date"),
    "type": ("type", "transaction type", "category"),
    "order": ("order", "order number", "order name", "order id"),
    "transaction": ("transaction id", "transaction", "id", "reference", "payment id"),
    "gross": ("gross", "amount", "gross amount"),
    "fee": ("fee", "fees", "commission"),
    "net": ("net", "net amount"),
    "currency": ("currency",),
    "note": ("note", "description", "details"),
}
# The first word that is part of the type decides.
TYPES = (
    ("payout", "payout"),
    ("transfer", "payout"),
    ("withdrawal", "payout"),
    ("chargeback", "dispute"),
    ("dispute", "dispute"),
    ("refund", "refund"),
    ("return", "refund"),
    ("reserve", "reserve"),
    ("hold", "reserve"),
    ("tax", "tax"),
    ("fee", "fee"),
    ("commission", "fee"),
    ("charge", "charge"),
    ("sale", "charge"),
    ("payment", "charge"),
    ("capture", "charge"),
    ("order", "charge"),
)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)


@dataclass(slots=True)
class Reading:
    """How one table is read."""

    columns: Mapping[str, str]
    decimal_mark: str = "."
    date_format: str = ""
    known: dict[str, str] = field(default_factory=dict)


def parse_columns(text: str) -> dict[str, str]:
    """A mapping as people write it, ``gross = Betrag``, one a line.

    :raise Rejected: names the line that is none

    >>> parse_columns("gross = Betrag\\nfee=Provision")
    {'gross': 'Betrag', 'fee': 'Provision'}
    """
    columns = {}
    for row in filter(None, map(str.strip, text.splitlines())):
        ours, sign, theirs = (part.strip() for part in row.partition("="))
        if not sign or ours not in (*NAMES, "date_format"):
            raise Rejected(
                f"“{row}” is no column: write for example “gross = Amount”. Known are "
                f"{', '.join((*NAMES, 'date_format'))}.",
                field="columns",
                value=row,
            )
        columns[ours] = theirs
    return columns


def read_settlements(
    text: str,
    reference: str,
    currency: str,
    columns: Mapping[str, str] | None = None,
    decimal_mark: str = ".",
    total: Decimal | None = None,
) -> list[Settlement]:
    """Settlements of a table, in the order of their first rows.

    :param reference: the payout's number where the table has no column for it
    :param currency: where the table has no column for it
    :param total: what arrived, where the table has no row for it
    :raise Rejected: names row, column and value
    """
    columns = dict(columns or {})
    form = columns.pop("date_format", "")
    delimiter = max(";,\t|", key=text.partition("\n")[0].count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    reading = Reading(columns, decimal_mark, form)
    reading.known = _find_columns(table.fieldnames or (), columns)
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, raw in enumerate(table, 2):
        row = {ours: raw.get(name) or "" for ours, name in reading.known.items()}
        row = {ours: value.strip() for ours, value in row.items()}
        key = row.get("payout", reference)
        # A row without a payout has not been paid out yet.
        if key and any(row.values()):
            groups.setdefault(key, []).append((number, row))
    if not groups:
        raise Rejected("The table has no row that was paid out.", field="table")
    given = total if len(groups) == 1 else None
    return [
        _read_one(key, rows, currency, given, reading) for key, rows in groups.items()
    ]


def _find_columns(header: object, columns: Mapping[str, str]) -> dict[str, str]:
    names = [str(name) for name in header] if isinstance(header, list | tuple) else []
    folded = {name.strip().lstrip("\ufeff").casefold(): name for name in names}
    known = {}
    for ours, common in NAMES.items():
        wanted = columns.get(ours)
        if wanted and wanted.casefold() not in folded:
            raise Rejected(
                f"The table has no column “{wanted}” for {ours}; it has "
                f"{', '.join(names)}.",
                field=ours,
                value=wanted,
            )
        for name in (wanted,) if wanted else common:
            if name.casefold() in folded:
                known[ours] = folded[name.casefold()]
                break
    missing = [name for name in ("date", "gross") if name not in known]
    if missing:
        raise Rejected(
            f"The table has no column for {', '.join(missing)}; it has "
            f"{', '.join(names)}. Say which it is, for example “gross = {names[-1]}”."
            if names
            else "The table is empty.",
            field="header",
        )
    return known


# === ONE SETTLEMENT ===


def _read_one(
    key: str,
    rows: list[tuple[int, dict[str, str]]],
    currency: str,
    total: Decimal | None,
    reading: Reading,
) -> Settlement:
    lines = [*_read_lines(rows, reading)]
    arrived = [line for line in lines if line.kind == "payout"]
    parts = tuple(line for line in lines if line.kind != "payout")
    if arrived:
        # Seen from the gateway the payout leaves, seen from the bank it arrives.
        total = -sum((line.net for line in arrived), ZERO)
    dates = [line.date for line in arrived or lines]
    for number, row in rows[:1]:
        if row.get("payout_date"):
            dates = [_read_moment(row["payout_date"], number, "payout_date", reading)]
    codes = {row["currency"].upper() for _n, row in rows if row.get("currency")}
    if len(codes) > 1:
        raise Rejected(
            f"Payout {key} has rows in {', '.join(sorted(codes))}: it must be in one "
            "currency.",
            field="currency",
        )
    if total is None:
        total = sum((line.net for line in parts), ZERO)
    return Settlement(key, max(dates), (codes or {currency}).pop(), total, parts)


def _read_lines(
    rows: list[tuple[int, dict[str, str]]], reading: Reading
) -> Iterator[SettlementLine]:
    seen: dict[str, int] = {}
    for number, row in rows:
        gross = _read_amount(row, "gross", number, reading)
        kind = _read_kind(row.get("type", ""), gross)
        fee, net = _read_fee(row, gross, number, reading)
        if kind == "fee" and not fee:
            gross, fee = ZERO, -gross
        payment = row.get("transaction", "")
        name = payment or f"row-{number}"
        seen[name] = seen.get(name, 0) + 1
        yield SettlementLine(
            external_id=name if seen[name] == 1 else f"{name}/{seen[name]}",
            date=_read_moment(row.get("date", ""), number, "date", reading),
            kind=kind,
            gross=gross,
            fee=fee,
            net=net,
            order=row.get("order", ""),
            payment=payment,
            note=row.get("note", "") or row.get("type", ""),
        )


def _read_fee(
    row: dict[str, str], gross: Decimal, number: int, reading: Reading
) -> tuple[Decimal, Decimal]:
    """(fee, net); a fee with a minus is kept all the same, if the net says so."""
    fee = _read_amount(row, "fee", number, reading)
    if not row.get("net"):
        fee = abs(fee)
        return fee, gross - fee
    net = _read_amount(row, "net", number, reading)
    if not row.get("fee") or gross + fee == net:
        fee = gross - net
    return fee, net


def _read_kind(text: str, gross: Decimal) -> str:
    word = text.casefold()
    if not word:
        return "refund" if gross < 0 else "charge"
    return next((kind for part, kind in TYPES if part in word), "adjustment")


def _read_amount(
    row: dict[str, str], name: str, number: int, reading: Reading
) -> Decimal:
    text = row.get(name, "")
    if not text:
        return ZERO
    if reading.decimal_mark == ",":
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        return parse_decimal(text.replace("\u2212", "-").replace(" ", ""))
    except ValueError:
        raise Rejected(
            f"Row {number}: “{row[name]}” in the column of {name} is no amount.",
            field=name,
            value=row[name],
        ) from None


def _read_moment(text: str, number: int, name: str, reading: Reading) -> datetime:
    try:
        moment = _parse_moment(text, reading.date_format)
    except ValueError:
        raise Rejected(
            f"Row {number}: “{text}” in the column of {name} is no date. Dates are "
            "written 2026-01-31, or say how, for example “date_format = %d.%m.%Y”.",
            field=name,
            value=text,
        ) from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def _parse_moment(text: str, form: str) -> datetime:
    if form:
        return datetime.strptime(text, form)  # noqa: DTZ007 (its zone may be said)
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(text)
    day, time, zone = match.groups()
    zone = (zone or "+00:00").replace("Z", "+00:00")
    return datetime.fromisoformat(f"{day}T{time or '00:00'}{zone}")

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts and times as channels write them, read exactly or not at all."""

import re
from datetime import datetime, timezone
from decimal import Decimal

# More digits than any currency needs, fewer than a database column holds.
_TEXT = re.compile(r"[+-]?\d{1,15}(\.\d{1,12})?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,20})?(E[+-]?\d{1,2})?", re.ASCII)
_LIMIT = Decimal(10) ** 15
_MOMENT = re.compile(
    r"([12]\d{3}-\d\d-\d\dT\d\d:\d\d)(?:(:\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d:?\d\d)",
    re.ASCII,
)


def parse_decimal(value: object) -> Decimal:
    """A number as it is written, digit by digit.

    Text with a point, integers and decimals are taken; so is a float, by its
    shortest text, because a JSON parser that nobody told otherwise makes floats.

    :raise ValueError: if it is anything else, or not finite

    >>> parse_decimal("598.94"), parse_decimal(0.06), parse_decimal(3)
    (Decimal('598.94'), Decimal('0.06'), Decimal('3'))
    """
    text, form = "", _NUMBER
    if isinstance(value, str):
        text, form = value.strip(), _TEXT
    elif isinstance(value, float | Decimal):
        text = str(value).upper()
    elif isinstance(value, int) and not isinstance(value, bool):
        text = str(value) if abs(value) < _LIMIT else ""
    if not form.fullmatch(text) or abs(Decimal(text)) >= _LIMIT:
        raise ValueError("not a number")
    return Decimal(text)


def parse_moment(value: object) -> datetime:
    """An ISO 8601 time of the extended form with its offset, in UTC.

    :raise ValueError: if it is not one, or says no offset

    >>> parse_moment("2008-01-10T11:00:00-05:00").isoformat()
    '2008-01-10T16:00:00+00:00'
    """
    if isinstance(value, datetime):
        moment = value
    elif found := _MOMENT.fullmatch(value.strip() if isinstance(value, str) else ""):
        minute, second, fraction, zone = found.groups("")
        second += f".{fraction:0<6.6}" if fraction else ""
        zone = zone.replace("Z", "+00:00")
        moment = datetime.fromisoformat(f"{minute}{second}{zone}")
    else:
        raise ValueError("not a time")
    if moment.tzinfo is None:
        raise ValueError("no offset")
    try:
        return moment.astimezone(timezone.utc)
    except OverflowError as error:
        raise ValueError("not a time") from error


def write_decimal(amount: Decimal) -> str:
    """The amount as plain text, without exponent.

    >>> write_decimal(Decimal("1E+2")), write_decimal(Decimal("5.50"))
    ('100', '5.50')
    """
    return f"{amount:f}"

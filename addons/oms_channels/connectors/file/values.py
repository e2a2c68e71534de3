# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers and times as people write them into files, as the order document has them.

What cannot be read is left as it is: the mapper refuses it and names its place.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .formats import Format

_SIGN = re.compile(
    r"^(?:[A-Z]{3}|[$€£¥])?\s*([+-]?[\d.,'\u00a0\u202f ]+?)\s*(?:[A-Z]{3}|[€£¥%])?$"
)
_GROUPS = {
    ".": re.compile(r"[+-]?(\d+|\d{1,3}([,'\u00a0\u202f ]\d{3})+)(\.\d+)?", re.ASCII),
    ",": re.compile(r"[+-]?(\d+|\d{1,3}([.'\u00a0\u202f ]\d{3})+)(,\d+)?", re.ASCII),
}
_NOISE = {".": ",'\u00a0\u202f ", ",": ".'\u00a0\u202f "}
_TIMES = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]", re.ASCII)
FLAGS = {"1": True, "true": True, "yes": True, "y": True, "x": True}
FLAGS |= {"0": False, "false": False, "no": False, "n": False, "": False}


def read_number(value: object, form: Format) -> str:
    """A number with a point, and nothing else, for the mapper.

    >>> read_number("EUR 1.234,50", Format(decimal_mark=","))
    '1234.50'
    """
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int | float | Decimal):
        return _plain(value)
    text = str(value).strip()
    found = _SIGN.match(text)
    digits = found[1].strip() if found else text
    if not text or not _GROUPS[form.decimal_mark].fullmatch(digits):
        return (
            text
            if not _looks_right(text, form)
            else f"{text} with decimal mark {form.decimal_mark}"
        )
    return digits.translate(dict.fromkeys(map(ord, _NOISE[form.decimal_mark]))).replace(
        form.decimal_mark, "."
    )


def _looks_right(text: str, form: Format) -> bool:
    """Whether the mapper would take it, though it is not written as agreed."""
    return form.decimal_mark != "." and bool(_GROUPS["."].fullmatch(text))


def _plain(value: float | Decimal) -> str:
    """
    >>> _plain(3.0), _plain(0.1), _plain(12)
    ('3', '0.1', '12')
    """
    number = Decimal(str(value))
    if not number.is_finite():
        return str(value)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_decimal(text: object) -> Decimal | None:
    """For calculations of a reader; None if it is no number."""
    try:
        number = Decimal(str(text))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None


def read_moment(value: object, form: Format) -> str:
    """A time in ISO 8601 with its offset."""
    if isinstance(value, datetime):
        return _with_zone(value, form)
    if isinstance(value, date):
        return _with_zone(datetime.combine(value, time()), form)
    text = str(value or "").strip()
    moment = _parse(text, form)
    return _with_zone(moment, form) if moment else text


def _parse(text: str, form: Format) -> datetime | None:
    if form.date_format:
        hours = (*(f" {pattern}" for pattern in _TIMES), "")
        found = (_match(text, form.date_format + pattern) for pattern in hours)
        if moment := next(filter(None, found), None):
            return moment
        if not _ISO.match(text):
            return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def _match(text: str, pattern: str) -> datetime | None:
    """A time as it is written; its zone is added by whoever asks."""
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007
    except ValueError:
        return None


def _with_zone(moment: datetime, form: Format) -> str:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_zone(form.tz))
    return moment.isoformat()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def read_edi_moment(text: str, code: str, form: Format) -> str:
    """A time of EDIFACT (its format code) or X12 (none), in ISO 8601."""
    patterns = {"102": "%Y%m%d", "203": "%Y%m%d%H%M", "204": "%Y%m%d%H%M%S"}
    patterns |= {"101": "%y%m%d", "201": "%y%m%d%H%M"}
    pattern = patterns.get(code) or {6: "%y%m%d", 8: "%Y%m%d"}.get(
        len(text), "%Y%m%d%H%M"
    )
    moment = _match(text, pattern)
    return _with_zone(moment, form) if moment else text


def read_flag(value: object) -> object:
    """True or false where it is meant, else what stands there."""
    text = str(value if value is not None else "").strip().lower()
    return FLAGS.get(text, value)

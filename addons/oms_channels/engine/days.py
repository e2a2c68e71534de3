# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days as buyers and checkouts write them."""

import re
from datetime import date, datetime

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
# Forms whose month is a word: there is one way to read them.
_WORDED = ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y")
_WEEKDAY = re.compile(r"^[a-z]+day\s+", re.IGNORECASE)


def read_day(text: str) -> date | None:
    """The day that a text names, None if it names none or may mean two.

    03/04/2026 is the third of April or the fourth of March: nobody knows.

    >>> read_day("2026-03-14"), read_day("Saturday, 14 March 2026")
    (datetime.date(2026, 3, 14), datetime.date(2026, 3, 14))
    >>> read_day("03/04/2026") is None
    True
    """
    text = text.strip()
    if found := _ISO.match(text):
        return _make(*map(int, found.groups()))
    words = _WEEKDAY.sub("", " ".join(text.replace(",", " ").split()))
    read = (_read_as(form, words) for form in _WORDED)
    return next(filter(None, read), None)


def _read_as(form: str, words: str) -> date | None:
    try:
        return datetime.strptime(words, form).date()  # noqa: DTZ007
    except ValueError:
        return None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

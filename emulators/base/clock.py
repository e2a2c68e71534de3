# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop's clock, which need not agree with anybody else's."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


class Clock:
    """UTC without fractions of a second; `offset` seconds ahead of the machine's."""

    def __init__(self, *, has_zone: bool = True) -> None:
        self.has_zone = has_zone
        self.offset = 0.0

    def __call__(self) -> datetime:
        moment = datetime.now(timezone.utc) + timedelta(seconds=self.offset)
        zone = timezone.utc if self.has_zone else None
        return moment.replace(microsecond=0, tzinfo=zone)


def parse_moment(text: str) -> datetime:
    """ISO 8601; a date alone is its midnight, no offset is UTC.

    :raise ValueError: if it is no time
    """
    # Python 3.10 does not read the Z.
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)

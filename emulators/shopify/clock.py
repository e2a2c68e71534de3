# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Times as the platform tells them: UTC, no fractions of a second."""

from __future__ import annotations

from datetime import datetime, timezone


def utc_now() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)


def parse_moment(text: str) -> datetime:
    """ISO 8601; a date alone is its midnight, no offset is UTC.

    :raise ValueError: if it is no time
    """
    # Python 3.10 does not read the Z.
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)

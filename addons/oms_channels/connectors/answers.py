# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an HTTP answer means: its status as an error, its body as JSON."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from ..engine.errors import Misconfigured, Rejected, Retry

SHOWN = 200


# What an administrator has to do about a status, and which field of the channel.
SETTINGS = {
    401: ("does not accept the credentials", "enter valid ones", "api_token"),
    402: (
        "belongs to a frozen shop",
        "its owner has to settle that with the platform",
        "shop_url",
    ),
    403: (
        "does not permit this",
        "give the credentials of the channel the permission",
        "api_token",
    ),
    404: (
        "has no such shop or API",
        "check address and API version on the channel",
        "shop_url",
    ),
    423: (
        "belongs to a locked shop",
        "its owner has to settle that with the platform",
        "shop_url",
    ),
}


def check_status(
    host: str, status: int, headers: Mapping[str, str], content: bytes
) -> None:
    """:raise ChannelError: by who can do something about this status"""
    if 200 <= status < 300:
        return
    said = quote(content)
    if 300 <= status < 400:
        target = urlsplit(headers.get("location", "")).netloc or "another page"
        raise Misconfigured(
            f"{host} redirects to {target}: enter the address where the shop's API "
            "really is.",
            field="shop_url",
        )
    if status in (408, 425, 429) or status >= 500:
        raise Retry(
            f"{host} cannot answer now (HTTP {status}{said}).",
            after=read_retry_after(headers.get("retry-after", "")),
        )
    if status in SETTINGS:
        fact, way_out, field = SETTINGS[status]
        raise Misconfigured(
            f"{host} {fact} (HTTP {status}{said}): {way_out}.", field=field
        )
    raise Rejected(f"{host} refused the request (HTTP {status}{said}).")


def read_retry_after(text: str) -> float:
    """Seconds asked for by a ``Retry-After`` header, 0 if it says none.

    >>> read_retry_after("2.5"), read_retry_after("soon")
    (2.5, 0.0)
    """
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max((moment - datetime.now(timezone.utc)).total_seconds(), 0.0)


def parse_json(host: str, content: bytes) -> Any:
    if content.lstrip()[:1] == b"<":
        raise Retry(f"{host} answered with a web page instead of data{quote(content)}.")
    try:
        return json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise Retry(
            f"{host} answered with something that is not complete JSON{quote(content)}."
        ) from None


def quote(content: bytes) -> str:
    """The beginning of a body as a person may read it, to be put after a statement."""
    text = content[: SHOWN * 20].decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]*>", " ", text)
    text = " ".join(text.replace("\0", " ").split())
    if not text:
        return ""
    return f": {text[:SHOWN]}…" if len(text) > SHOWN else f": {text}"


def read_date(headers: Mapping[str, str]) -> datetime | None:
    """When the answer was made, by the clock of who made it: UTC, without zone.

    :param headers: names in lower case
    :return: None if the header is missing, or no date
    """
    try:
        moment = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(timezone.utc).replace(tzinfo=None)

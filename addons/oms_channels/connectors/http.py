# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one place that speaks HTTP to the outside.

Every call has a time limit, a size limit and a line in the log; what goes wrong is
one of ``engine/errors.py``, in a sentence without credentials. Nothing is sent
twice here: whether a repetition does harm, only the caller knows.
"""

import json
import logging
import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests

from ..engine.errors import ChannelError, Misconfigured, Rejected, Retry
from .answers import SHOWN, check_status, parse_json

_logger = logging.getLogger(__name__)

SILENCE = 30.0  # seconds without a byte
DEADLINE = 120.0  # seconds for the whole answer
LARGEST_ANSWER = 32 * 1024 * 1024
MASK = "••••••••"
JSON = (b"{", b"[")  # how what says something begins
# Addresses of this machine: plain HTTP stays inside, and no proxy stands between.
LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` is parsed JSON, its fractions Decimal; header names in lower case."""

    status: int
    value: Any
    headers: Mapping[str, str] = field(default_factory=dict)


def read_address(text: str, name: str = "shop_url", *, allow_http: bool = False) -> str:
    """Scheme and host of what a person entered as the address of a shop.

    :param str name: the field, for the error
    :param bool allow_http: no credential travels in the requests themselves
    :raise Misconfigured: if it is none, or credentials would travel unencrypted
    """
    text = (text or "").strip()
    if not text:
        raise Misconfigured("The channel has no shop address: enter it.", field=name)
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not re.fullmatch(r"[a-z0-9.:-]+", host) or parts.scheme not in ("http", "https"):
        raise Misconfigured(
            f"{text[:SHOWN]!r} is not the address of a shop: enter one like "
            "https://your-shop.example.com.",
            field=name,
        )
    if parts.scheme == "http" and host not in LOCAL and not allow_http:
        raise Misconfigured(
            f"{text[:SHOWN]} would send the access token unencrypted: enter the "
            "address with https://.",
            field=name,
        )
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))


class Http:
    """Calls with the same credentials; use it in a ``with`` statement.

    ``secrets`` are what must not be seen in a log or in an error.
    """

    def __init__(
        self,
        headers: Mapping[str, str] | None = None,
        secrets: Collection[str] = (),
        silence: float = SILENCE,
        deadline: float = DEADLINE,
        largest: int = LARGEST_ANSWER,
    ):
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)
        self._silence, self._deadline, self._largest = silence, deadline, largest
        self._session = requests.Session()
        self._session.headers.update(
            {"Accept": "application/json", "User-Agent": "oms-channels/19.0"}
            | dict(headers or {})
        )
        # Without it, a .netrc of the server's user would replace our credentials.
        self._session.auth = _leave

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._session.close()

    # === CALLS ===

    def call(
        self,
        name: str,
        method: str,
        url: str,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        expected: Collection[int] = (),
    ) -> Answer:
        """Send a request and read its JSON answer.

        :param name: what is done, for the log and for errors
        :param body: JSON value
        :param expected: refusals (by status) that the caller wants to read itself,
            if they are JSON: a page is never an answer of the platform
        :raise ChannelError: for everything but an answer with JSON in it
        """
        host = urlsplit(url).netloc
        self._session.trust_env = urlsplit(url).hostname not in LOCAL
        start = time.monotonic()
        try:
            answer = self._send(host, method, url, body, headers, expected)
        except ChannelError as error:
            error.message = self.mask(error.message)
            self._log(name, host, start, f"failed: {error.message}")
            raise
        self._log(name, host, start, answer.status)
        return answer

    def mask(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text

    def _log(self, name: str, host: str, start: float, outcome: object) -> None:
        seconds = time.monotonic() - start
        _logger.info("%s at %s: %s (%.2f s)", name, host, outcome, seconds)

    def _send(
        self,
        host: str,
        method: str,
        url: str,
        body: Any,
        headers: Mapping[str, str] | None,
        expected: Collection[int],
    ) -> Answer:
        data = None if body is None else json.dumps(body, default=str).encode()
        sent = dict(headers or {})
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            with self._session.request(
                method,
                url,
                data=data,
                headers=sent,
                timeout=self._silence,
                # Elsewhere nobody has a right to the credentials.
                allow_redirects=False,
                stream=True,
            ) as response:
                content = self._read(host, response)
        except requests.RequestException as error:
            raise _explain(host, error, self._silence) from None
        found = {key.lower(): value for key, value in response.headers.items()}
        if response.status_code not in expected or content.lstrip()[:1] not in JSON:
            check_status(host, response.status_code, found, content)
        return Answer(response.status_code, parse_json(host, content), found)

    def _read(self, host: str, response: requests.Response) -> bytes:
        """The whole body, unless it takes too long or grows too large."""
        until = time.monotonic() + self._deadline
        parts, size = [], 0
        for part in response.iter_content(65536):
            size += len(part)
            parts.append(part)
            if size > self._largest:
                raise Rejected(
                    f"{host} answered with more than {self._largest} bytes, which "
                    "nothing asked for: report it to whoever runs that server."
                )
            if time.monotonic() > until:
                raise Retry(
                    f"{host} had not finished its answer after {self._deadline:g} s."
                )
        return b"".join(parts)


def _leave(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


# === REFUSALS ===


def _explain(
    host: str, error: requests.RequestException, silence: float
) -> ChannelError:
    # While a body is read, a timeout comes as a broken connection.
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return Retry(f"{host} did not answer within {silence:g} s.")
    if isinstance(
        error, requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader
    ):
        return Misconfigured(
            f"No request can be made to {host} with this address and these "
            "credentials: enter them again, without spaces or line breaks.",
            field="shop_url",
        )
    if isinstance(error, requests.exceptions.SSLError) and "certificate" in str(error):
        return Misconfigured(
            f"The certificate of {host} is not valid for it: check the address, or "
            "ask whoever runs that server.",
            field="shop_url",
        )
    if isinstance(
        error,
        requests.exceptions.ChunkedEncodingError
        | requests.exceptions.ContentDecodingError,
    ):
        return Retry(f"The answer of {host} broke off.")
    return Retry(f"{host} cannot be reached{_find_reason(error)}.")


def _find_reason(error: BaseException) -> str:
    """What the operating system said, if it is in the chain of causes."""
    reason, seen = "", error
    while seen is not None:
        if isinstance(seen, OSError) and seen.strerror:
            reason = f" ({seen.strerror})"
        inner = getattr(seen, "reason", None)
        seen = (
            inner
            if isinstance(inner, BaseException)
            else seen.__cause__ or seen.__context__
        )
    return reason

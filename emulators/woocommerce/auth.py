# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may call: HTTP Basic over TLS, OAuth 1.0a without. As strict as the platform."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from urllib.parse import quote

from werkzeug.wrappers import Request

WINDOW = 15 * 60
METHODS = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256}


class Unauthorised(Exception):
    """(code, message) of the refusal."""


class Keys:
    """``secrets``: {consumer key: (secret, may write)}."""

    def __init__(self, secrets: dict[str, tuple[str, bool]]) -> None:
        self.secrets = secrets
        self._nonces: dict[str, int] = {}

    def check(self, request: Request, now: int) -> bool:
        """Whether the caller may write.

        :raise Unauthorised: if nobody known is calling
        """
        if request.headers.get("X-Forwarded-Proto") == "https":
            return self._check_basic(request)
        if "oauth_consumer_key" in request.args:
            return self._check_signature(request, now)
        # Over plain HTTP a Basic header counts for nothing.
        raise Unauthorised(
            "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."
        )

    def _check_basic(self, request: Request) -> bool:
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        try:
            key, _colon, secret = base64.b64decode(text).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            key = secret = ""
        known, may_write = self.secrets.get(key, ("", False))
        if scheme != "Basic" or not known or not hmac.compare_digest(known, secret):
            raise Unauthorised(
                "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."
            )
        return may_write

    def _check_signature(self, request: Request, now: int) -> bool:
        given = request.args.to_dict()
        known, may_write = self.secrets.get(given["oauth_consumer_key"], ("", False))
        if not known:
            _refuse("Consumer key is invalid.")
        digest = METHODS.get(given.get("oauth_signature_method", ""))
        if not digest:
            _refuse("Invalid signature - signature method is invalid.")
        wanted = _sign(request, given, known, digest)
        if not hmac.compare_digest(wanted, given.get("oauth_signature", "")):
            _refuse("Invalid signature - provided signature does not match.")
        self._check_nonce(given, now)
        return may_write

    def _check_nonce(self, given: dict[str, str], now: int) -> None:
        stamp, nonce = given.get("oauth_timestamp", ""), given.get("oauth_nonce", "")
        if not stamp.isdigit() or abs(now - int(stamp)) > WINDOW:
            _refuse("Invalid timestamp.")
        if not nonce or nonce in self._nonces:
            _refuse("Invalid nonce - nonce has already been used.")
        if len(self._nonces) > 5000:
            self._nonces.clear()
        self._nonces[nonce] = now


def _sign(request: Request, given: dict[str, str], secret: str, digest) -> str:
    pairs = sorted(
        (quote(name, safe="-._~"), quote(value, safe="-._~"))
        for name, value in given.items()
        if name != "oauth_signature"
    )
    joined = quote("&".join(f"{name}={value}" for name, value in pairs), safe="-._~")
    text = f"{request.method}&{quote(request.base_url, safe='-._~')}&{joined}"
    made = hmac.new(f"{secret}&".encode(), text.encode(), digest).digest()
    return base64.b64encode(made).decode()


def _refuse(message: str) -> None:
    raise Unauthorised("woocommerce_rest_authentication_error", message)

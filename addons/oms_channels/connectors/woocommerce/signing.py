# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a request proves whose it is.

Over TLS the key and its secret go along (HTTP Basic). A shop without TLS takes neither:
there each request is signed with OAuth 1.0a, one-legged, HMAC-SHA256, and the secret
stays here. OAuth's signature is a few lines of HMAC: no library is worth its weight.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode, urlsplit


def get_basic_header(key: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()


def sign_url(
    method: str, url: str, key: str, secret: str, nonce: str, timestamp: int
) -> str:
    """The address with the signature in its query.

    The shop reads OAuth parameters from there even if the server before it drops the
    Authorization header, as many do.
    """
    base, _mark, query = url.partition("?")
    parameters = dict(parse_qsl(query, keep_blank_values=True)) | {
        "oauth_consumer_key": key,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": str(timestamp),
    }
    signature = make_signature(method, base, parameters, secret)
    signed = parameters | {"oauth_signature": signature}
    return f"{base}?{urlencode(signed, quote_via=quote)}"


def make_signature(
    method: str, base: str, parameters: Mapping[str, str], secret: str
) -> str:
    """RFC 5849, section 3.4, without a token.

    >>> make_signature("GET", "http://127.0.0.1/", {"b": "2", "a": "1"}, "cs")
    'L13G5DJ/VUoWWEdjiyWx5Mb579US/D6BgYPuvy/y9s4='
    """
    parts = urlsplit(base)
    host = (parts.hostname or "").lower()
    if parts.port and (parts.scheme, parts.port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{parts.port}"
    address = f"{parts.scheme}://{host}{parts.path}"
    pairs = sorted(
        (_encode(name), _encode(value)) for name, value in parameters.items()
    )
    joined = "&".join(f"{name}={value}" for name, value in pairs)
    text = "&".join((method.upper(), _encode(address), _encode(joined)))
    # One-legged: there is no token, and its secret is empty.
    digest = hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _encode(text: str) -> str:
    return quote(text, safe="-._~")

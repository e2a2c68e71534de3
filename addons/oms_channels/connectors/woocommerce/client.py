# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Moves bytes to and from WooCommerce's REST API, version 3."""

import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from ...engine.errors import ChannelError, Misconfigured, Rejected, Retry
from ..http import Answer, Http, read_address
from .signing import get_basic_header, sign_url

API = "wc/v3"
# As many rows as one answer, or one batch, may have.
PAGE = 100
# Refusals that say in a code what they are about. A shop answers 500, too, to what it
# will never do, and a repetition would be in vain.
CODED = (400, 401, 403, 404, 409, 410, 500, 501)
OURS = "woocommerce_"
# How the shop says that it broke down, in contrast to: that it will not.
BROKEN = ("internal_server_error", "db_error")


class Refused(Rejected):
    """The shop said no and why; ``value`` is its code for it."""


class Client:
    """One shop. Use it in a ``with`` statement.

    :param clock: for tests
    """

    def __init__(
        self,
        address: str,
        key: str,
        secret: str,
        clock: Callable[[], float] = time.time,
    ):
        self._root, self._is_plain = _read_site(address)
        self._key = _check_credential(key, "api_key", "consumer key", "ck_")
        self._secret = _check_credential(secret, "api_token", "consumer secret", "cs_")
        self._clock = clock
        # Over TLS only; a signature does without.
        self._is_safe = self._root.startswith("https://")
        basic = get_basic_header(self._key, self._secret)
        headers = {"Authorization": basic} if self._is_safe else {}
        self._http = Http(headers, secrets=[self._secret, self._key, basic[6:]])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._http.__exit__(*error)

    # === CALLS ===

    def get(self, path: str, **query: Any) -> Any:
        """:raise ChannelError: for every answer but a good one"""
        return self.call("GET", path, query=query).value

    def post(self, path: str, body: Any) -> Any:
        return self.call("POST", path, body=body).value

    def put(self, path: str, body: Any) -> Any:
        return self.call("PUT", path, body=body).value

    def call(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
    ) -> Answer:
        """:param path: below ``wc/v3/``; with a leading slash, of any other API"""
        url = self._make_url(path, query or {})
        if not self._is_safe:
            nonce, now = secrets.token_hex(16), int(self._clock())
            url = sign_url(method, url, self._key, self._secret, nonce, now)
        answer = self._http.call(
            f"woocommerce {method} {re.sub(r'[0-9]+', 'N', path)}",
            method,
            url,
            body=body,
            expected=CODED,
        )
        if answer.status >= 400:
            raise self._explain(path, answer)
        return answer

    def list_page(self, path: str, **query: Any) -> list[dict[str, Any]]:
        rows = self.get(path, per_page=PAGE, **query)
        if not isinstance(rows, list):
            raise Retry(f"The shop's answer to {path} is JSON, but not a list.")
        return [row for row in rows if isinstance(row, dict)]

    def list_all(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All rows, page by page; for what hardly changes while it is read."""
        page = 1
        while True:
            rows = self.list_page(path, page=page, **query)
            yield from rows
            if len(rows) < PAGE:
                return
            page += 1

    def change_all(
        self, path: str, rows: Sequence[dict[str, Any]]
    ) -> dict[Any, ChannelError | None]:
        """Update rows, a hundred a call.

        :return: {id: why not, or None}; a batch is answered 200 whatever became of it
        """
        answers: dict[Any, ChannelError | None] = {}
        for part in split(rows, PAGE):
            answer = self.post(f"{path}/batch", {"update": part})
            found = answer.get("update") if isinstance(answer, dict) else None
            if not isinstance(found, list) or len(found) != len(part):
                raise Retry(f"The shop's answer to a batch of {path} is not complete.")
            for sent, row in zip(part, found, strict=True):
                error = row.get("error") if isinstance(row, dict) else None
                answers[sent["id"]] = refuse(error) if error else None
        return answers

    # === STEPS ===

    def _make_url(self, path: str, query: dict[str, Any]) -> str:
        route = path if path.startswith("/") else f"/{API}/{path}"
        given = {name: _write(value) for name, value in query.items()}
        if self._is_plain:
            given = {"rest_route": route} | given
            return f"{self._root}/?{urlencode(given, quote_via=quote)}"
        text = urlencode(given, quote_via=quote)
        return f"{self._root}/wp-json{route}" + (f"?{text}" if text else "")

    def _explain(self, path: str, answer: Answer) -> ChannelError:
        """The error that tells who has to act."""
        value = answer.value if isinstance(answer.value, dict) else {}
        code, said = str(value.get("code") or ""), self._http.mask(read_message(value))
        if answer.status in (401, 403):
            return self._explain_credentials(code, said)
        if answer.status == 500 and (not code.startswith(OURS) or code in BROKEN):
            return Retry(f"The shop had an error of its own ({code or 500}): {said}")
        if code == "rest_no_route":
            return NoRoute(
                f"The shop has nothing at {path}: {said} Check that the address is "
                "right and WooCommerce is active there.",
                field="shop_url",
            )
        return Refused(f"The shop refused ({code}): {said}", value=code)

    def _explain_credentials(self, code: str, said: str) -> Misconfigured:
        if re.search(r"cannot_(create|edit|delete|batch)", code):
            return Misconfigured(
                f"The key may not write: {said} Make one with the permission "
                "Read/Write in the shop, under WooCommerce / Settings / Advanced.",
                field="api_key",
            )
        return Misconfigured(
            f"The shop does not accept the key ({code}): {said} Enter a consumer key "
            "and its secret, made by a user who may manage the shop.",
            field="api_token",
        )


class NoRoute(Misconfigured):
    """The shop has no such API: an address that is wrong, or a plugin it lacks."""


# === READING ANSWERS ===


def refuse(error: Any) -> Refused:
    """The error of one row of a batch."""
    value = error if isinstance(error, dict) else {}
    code = str(value.get("code") or "")
    return Refused(f"The shop refused ({code}): {read_message(value)}", value=code)


def read_message(value: dict[str, Any]) -> str:
    """What the shop says, and of which parameter."""
    text = str(value.get("message") or "no reason given").strip()
    text = text if text.endswith((".", "!", "?")) else f"{text}."
    data = value.get("data")
    parameters = data.get("params") if isinstance(data, dict) else None
    if isinstance(parameters, dict):
        text += "".join(f" {name}: {why}" for name, why in parameters.items())
    return text


def split(values: Sequence[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(values)
    while part := list(islice(iterator, size)):
        yield part


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value)


# === SETTINGS ===


def _read_site(address: str) -> tuple[str, bool]:
    """(scheme, host and folder of the WordPress site, is it without pretty permalinks).

    :raise Misconfigured: if it is no address
    """
    text = (address or "").strip()
    base = read_address(text, allow_http=True)
    parts = urlsplit(text if "://" in text else f"https://{text}")
    folder = re.sub(r"/(wp-json|wp-admin|index\.php)(/.*)?$", "", parts.path)
    return base + quote(folder.rstrip("/"), safe="/%"), "rest_route" in parts.query


def _check_credential(text: str, field: str, name: str, prefix: str) -> str:
    text = (text or "").strip()
    if not text:
        raise Misconfigured(
            f"The channel has no {name}: enter the one that begins with {prefix}.",
            field=field,
        )
    if not re.fullmatch(rf"{prefix}[!-~]+", text):
        raise Misconfigured(
            f"The {name} must begin with {prefix} and have no spaces: enter it again.",
            field=field,
        )
    return text

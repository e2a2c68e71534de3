# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Moves bytes to and from Shopify's GraphQL Admin API."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from ...engine.errors import Misconfigured, Rejected, Retry
from ..answers import read_date
from ..http import Http, read_address
from .documents import Document
from .throttle import Throttle

_logger = logging.getLogger(__name__)

API_VERSION = "2026-10"
# Longer than it takes the slowest plan to restore its dearest call; who is to wait
# longer shall do something else meanwhile.
PATIENCE = 12.0
ATTEMPTS = 4
SMALLEST_PAGE = 1


class TooCostly(Rejected):
    """The call costs more points than the shop grants a single one."""


class Client:
    """One shop. Use it in a ``with`` statement.

    :param sleep: for tests
    """

    def __init__(
        self,
        address: str,
        token: str,
        version: str = "",
        sleep: Callable[[float], None] = time.sleep,
    ):
        base = read_address(address)
        self.version = _check_version(version or API_VERSION)
        self.served_version = ""
        # The shop's clock, as it was with the last answer.
        self.answered_at: datetime | None = None
        self._url = f"{base}/admin/api/{self.version}/graphql.json"
        token = _check_token(token)
        self._http = Http({"X-Shopify-Access-Token": token}, secrets=[token])
        self._throttle = Throttle()
        self._sleep = sleep

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._http.__exit__(*error)

    # === CALLS ===

    def ask(self, document: Document, **variables: Any) -> dict[str, Any]:
        """The ``data`` of an answer without errors.

        :raise ChannelError: for every other answer
        """
        self._wait(document.name, self._throttle.get_wait)
        for attempt in range(ATTEMPTS):
            if attempt:
                self._wait(document.name, self._throttle.get_refusal_wait)
            body = self._send(document, variables)
            errors = _list_errors(body)
            if not errors:
                return _check_data(document, body)
            if _code(errors[0]) != "THROTTLED":
                raise self._explain(document, errors)
        raise Retry("The shop grants no more calls at the moment.", after=30.0)

    def change(self, document: Document, **variables: Any) -> dict[str, Any]:
        """What a mutation did.

        :raise Rejected: with field and message, if the shop did not do it
        """
        payload, errors = self.try_change(document, **variables)
        if errors:
            raise refuse(errors)
        return payload

    def try_change(
        self, document: Document, **variables: Any
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """(payload, user errors): for who can say more about an error."""
        data = self.ask(document, **variables)
        payload = next(iter(data.values()), None) or {}
        errors = [
            error
            for key, value in payload.items()
            if key.lower().endswith("usererrors")
            for error in value or ()
        ]
        return payload, errors

    def list_all(
        self, document: Document, path: str, after: str | None = None, **variables: Any
    ) -> Iterator[dict[str, Any]]:
        """The nodes of a connection, page by page, to the end.

        :param path: of the connection in the data, like ``order.lineItems``
        :param after: cursor to start behind
        """
        size = document.page_size
        while True:
            page, size = self.get_page(document, path, size, after, **variables)
            yield from page["nodes"]
            after = get_next(page)
            if not after:
                return

    def complete(
        self, page: dict[str, Any], document: Document, path: str, **variables: Any
    ) -> None:
        """Add to a page of a connection what comes behind it."""
        if after := get_next(page):
            page["nodes"] += self.list_all(document, path, after, **variables)
            page["pageInfo"] = {"hasNextPage": False, "endCursor": None}

    def get_page(
        self,
        document: Document,
        path: str,
        size: int,
        after: str | None = None,
        **variables: Any,
    ) -> tuple[dict[str, Any], int]:
        """(page of a connection, size that the shop granted).

        The prices of calls are the shop's and may change: a page that it finds too
        costly is halved.
        """
        while True:
            try:
                data = self.ask(document, first=size, after=after, **variables)
            except TooCostly:
                if size <= SMALLEST_PAGE:
                    raise
                size //= 2
                continue
            page = data
            for step in path.split("."):
                page = page.get(step) or {}
            return {"nodes": [], "pageInfo": {}} | page, size

    def wait(self, seconds: float) -> None:
        """Let the shop get on with what it has begun."""
        self._sleep(seconds)

    # === STEPS ===

    def _send(self, document: Document, variables: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.call(
            f"shopify {document.name}",
            "POST",
            self._url,
            body={
                "query": document.text,
                "variables": variables,
                "operationName": document.name,
            },
        )
        self.served_version = answer.headers.get("x-shopify-api-version", "")
        self.answered_at = read_date(answer.headers)
        body = answer.value
        if not isinstance(body, dict):
            raise Retry("The shop answered with JSON, but not with an object.")
        extensions = body.get("extensions")
        if isinstance(extensions, dict):
            self._throttle.note(document.name, extensions.get("cost"), time.monotonic())
            for warning in extensions.get("search") or ():
                _logger.warning(
                    "%s: search is not as meant: %s", document.name, warning
                )
        return body

    def _wait(self, name: str, reckon: Callable[[str, float], float]) -> None:
        seconds = reckon(name, time.monotonic())
        if seconds > PATIENCE:
            raise Retry(
                f"The shop grants the next call in {seconds:.0f} s: the account's "
                "limit is used up.",
                after=seconds,
            )
        if seconds > 0:
            self._sleep(seconds)

    def _explain(self, document: Document, errors: list[dict[str, Any]]):
        """The error that tells who has to act."""
        message = self._http.mask("; ".join(_message(error) for error in errors))
        codes = {_code(error) for error in errors}
        if "ACCESS_DENIED" in codes:
            return Misconfigured(
                f"The access token lacks a permission: {message} Give the app this "
                "permission in the shop's administration.",
                field="api_token",
            )
        if "SHOP_INACTIVE" in codes:
            return Misconfigured(
                f"The shop is inactive: {message} Its owner has to settle that with "
                "Shopify.",
                field="shop_url",
            )
        if "MAX_COST_EXCEEDED" in codes:
            return TooCostly(f"{document.name} asks for too much at once: {message}")
        if codes & {"INTERNAL_SERVER_ERROR", "TIMEOUT", "SERVICE_UNAVAILABLE"}:
            return Retry(f"The shop had an error of its own: {message}")
        if codes & {"INVALID_VARIABLE", "BAD_REQUEST", "RESOURCE_NOT_FOUND"}:
            return Rejected(f"The shop refused {document.name}: {message}")
        return Misconfigured(
            f"The shop does not understand {document.name} in API version "
            f"{self.version}: {message} Leave the channel's API version empty.",
            field="api_version",
        )


# === READING ANSWERS ===


def get_next(page: dict[str, Any]) -> str | None:
    """The cursor behind this page, None if it is the last one."""
    info = page.get("pageInfo") or {}
    return info.get("endCursor") if info.get("hasNextPage") else None


def refuse(errors: list[dict[str, Any]]) -> Rejected | Retry:
    """The error for what a mutation says about its input."""
    if any(_user_code(error) == "IDEMPOTENCY_CONCURRENT_REQUEST" for error in errors):
        return Retry("The shop is still busy with the same request.", after=10.0)
    path = ".".join(str(step) for step in errors[0].get("field") or ())
    return Rejected(
        "The shop refused: " + "; ".join(_message(error) for error in errors),
        field=path,
        value=_user_code(errors[0]),
    )


def _list_errors(body: dict[str, Any]) -> list[dict[str, Any]]:
    """GraphQL errors; plain text, as the shop writes it outside of GraphQL, too."""
    errors = body.get("errors") or []
    if not isinstance(errors, list):
        errors = [{"message": str(errors)}]
    return [
        error if isinstance(error, dict) else {"message": str(error)}
        for error in errors
    ]


def _check_data(document: Document, body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data")
    if not isinstance(data, dict):
        raise Retry(f"The shop's answer to {document.name} has no data in it.")
    return data


def _code(error: dict[str, Any]) -> str:
    extensions = error.get("extensions")
    return str(extensions.get("code", "")) if isinstance(extensions, dict) else ""


def _user_code(error: dict[str, Any]) -> str:
    return str(error.get("code") or "")


def _message(error: dict[str, Any]) -> str:
    text = str(error.get("message") or "no reason given").strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


# === SETTINGS ===


def _check_token(token: str) -> str:
    token = (token or "").strip()
    if not token:
        raise Misconfigured(
            "The channel has no access token: enter the one of the shop's app.",
            field="api_token",
        )
    if not re.fullmatch(r"[!-~]+", token):
        raise Misconfigured(
            "The access token contains spaces or letters that no token has: enter "
            "it again.",
            field="api_token",
        )
    return token


def _check_version(version: str) -> str:
    version = version.strip()
    if not re.fullmatch(r"\d{4}-\d{2}|unstable", version):
        raise Misconfigured(
            f"{version!r} is not a version of the API: enter one like {API_VERSION}, "
            "or leave it empty.",
            field="api_version",
        )
    return version

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a mutation says no: HTTP 200, and the reason among its user errors."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ..store import ShopError


def user_error(error: ShopError, *, code: bool = False) -> dict[str, Any]:
    body: dict[str, Any] = {"field": error.field, "message": error.message}
    return body | {"code": error.code} if code else body


def answering(*keys: str, errors: str = "user_errors", code: bool = False):
    """A refusal of the shop becomes user errors, with nothing in the other keys."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def resolver(source: Any, info: Any, **arguments: Any) -> Any:
            try:
                return {errors: []} | function(source, info, **arguments)
            except ShopError as error:
                return dict.fromkeys(keys) | {errors: [user_error(error, code=code)]}

        return resolver

    return wrap

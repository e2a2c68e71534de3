# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`@idempotent(key:)`: the same key does it once, and answers alike ever after."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from graphql import GraphQLError, VariableNode

REQUIRED = (
    "The @idempotent directive is required for this mutation but was not provided."
)
MISMATCH = (
    "The same idempotency key cannot be used with different operation parameters."
)


def key_of(info: Any) -> str | None:
    for directive in info.field_nodes[0].directives or ():
        if directive.name.value == "idempotent":
            value = directive.arguments[0].value
            if isinstance(value, VariableNode):
                return _variables(info).get(value.name.value)
            return value.value
    return None


def _variables(info: Any) -> dict[str, Any]:
    values = info.variable_values
    return getattr(values, "coerced", values)


def idempotent(refusal: Callable[[str, str], Any]) -> Callable[..., Any]:
    """`refusal(message, code)` makes the payload for a key used for something else."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def resolver(source: Any, info: Any, **arguments: Any) -> Any:
            key = key_of(info)
            if not key:
                raise GraphQLError(REQUIRED, extensions={"code": "BAD_REQUEST"})
            asked = json.dumps([function.__name__, arguments], default=str)
            known = info.context.idempotency.get(key)
            if known and known[0] != asked:
                return refusal(MISMATCH, "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
            if not known:
                known = (asked, function(source, info, **arguments))
                info.context.idempotency[key] = known
            return known[1]

        return resolver

    return wrap

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Builds the schema from `schema/*.graphql` and gives the scalars their spelling."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graphql import (
    FloatValueNode,
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    IntValueNode,
    StringValueNode,
    ValueNode,
    build_schema,
)

from emulators.base.clock import parse_moment

FOLDER = Path(__file__).with_name("schema")


def sdl() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.graphql"))
    )


@cache
def admin_schema() -> GraphQLSchema:
    schema = build_schema(sdl())
    for name, (serialize, parse) in _SCALARS.items():
        _spell(schema.type_map[name], serialize, parse)
    return schema


def _spell(scalar: Any, serialize: Any, parse: Any) -> None:
    def parse_literal(node: ValueNode, _variables: Any = None) -> Any:
        if isinstance(node, StringValueNode | IntValueNode | FloatValueNode):
            return parse(node.value)
        raise GraphQLError(f"Expected a {scalar.name}.", node)

    model = GraphQLScalarType(scalar.name, serialize, parse, parse_literal)
    # Built from SDL a scalar passes everything through; give it the model's functions,
    # under whichever names this version of graphql-core keeps them.
    vars(scalar).update(
        {name: value for name, value in vars(model).items() if callable(value)}
    )


# === SCALARS ===
def _moment(value: datetime) -> str:
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _parsed(value: Any) -> datetime:
    try:
        return parse_moment(str(value))
    except ValueError as error:
        raise GraphQLError(f"{value!r} is not a DateTime.") from error


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise GraphQLError(f"{value!r} is not a decimal number.")
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise GraphQLError(f"{value!r} is not a decimal number.") from error
    if not number.is_finite():
        raise GraphQLError(f"{value!r} is not a decimal number.")
    return number


def _address(value: Any) -> str:
    if not isinstance(value, str) or not urlsplit(value).scheme:
        raise GraphQLError(f"{value!r} is not a URL.")
    return value


_SCALARS = {
    "BigInt": (str, int),
    "DateTime": (_moment, _parsed),
    "Decimal": (str, _number),
    "Money": (str, _number),
    "UnsignedInt64": (str, int),
    "URL": (str, _address),
    "JSON": (lambda value: value, lambda value: value),
}

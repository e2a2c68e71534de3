# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One call: parse, validate, charge, execute, report."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    execute,
    get_operation_ast,
    parse,
    validate,
)

from ..bucket import LARGEST_QUERY, Bucket
from . import (
    catalogue_fields,
    edit_mutations,
    fulfillment_fields,
    line_fields,
    mutations,
    order_fields,
    payment_fields,
    payment_mutations,
    payout_fields,
    product_fields,
    queries,
    shop_fields,
    stock_mutations,
)
from .cost import Meter
from .resolving import Context, resolve, type_of
from .schema import admin_schema

# Importing them registers what they resolve.
_REGISTERED = (
    catalogue_fields,
    edit_mutations,
    fulfillment_fields,
    line_fields,
    mutations,
    order_fields,
    payment_fields,
    payment_mutations,
    payout_fields,
    product_fields,
    queries,
    shop_fields,
    stock_mutations,
)
Answer = dict[str, Any]


class Refused(Exception):
    """Not executed; `body` says why."""

    def __init__(self, body: Answer) -> None:
        super().__init__()
        self.body = body


def run(context: Context, bucket: Bucket, call: Any) -> Answer:
    """The answer to `{query, variables, operationName}`, always with HTTP 200."""
    try:
        document, operation, variables = _understood(call)
    except Refused as refused:
        return refused.body
    meter = Meter(admin_schema(), document, operation, variables)
    requested = meter.requested()
    if requested > LARGEST_QUERY:
        return _too_expensive(requested)
    if context.faults.take("throttle", call["query"]) or not bucket.reserve(requested):
        return throttled(requested, bucket)
    result = execute(
        admin_schema(),
        document,
        context_value=context,
        variable_values=variables,
        operation_name=call.get("operationName"),
        field_resolver=resolve,
        type_resolver=type_of,
    )
    actual = min(meter.actual(result.data), requested) if result.data else 0
    bucket.give_back(requested - actual)
    body: Answer = {"data": result.data}
    if result.errors:
        body = {"errors": [_formatted(error) for error in result.errors]} | body
    body["extensions"] = _cost(requested, actual, bucket)
    if context.warnings:
        body["extensions"]["search"] = context.warnings
    return body


def _understood(call: Any):
    if not isinstance(call, dict) or not isinstance(call.get("query"), str):
        raise Refused(
            _errors("Required parameter missing or invalid", code="BAD_REQUEST")
        )
    variables = call.get("variables") or {}
    if not isinstance(variables, dict):
        raise Refused(_errors("Variables are invalid JSON", code="BAD_REQUEST"))
    try:
        document, errors = _checked(call["query"])
    except GraphQLSyntaxError as error:
        raise Refused({"errors": [_formatted(error)]}) from error
    if errors:
        raise Refused({"errors": [_formatted(error) for error in errors]})
    operation = get_operation_ast(document, call.get("operationName"))
    if not isinstance(operation, OperationDefinitionNode):
        raise Refused(_errors("An operation name is required", code="BAD_REQUEST"))
    return document, operation, variables


@lru_cache(maxsize=256)
def _checked(text: str) -> tuple[DocumentNode, tuple[GraphQLError, ...]]:
    document = parse(text)
    return document, tuple(validate(admin_schema(), document))


def _formatted(error: GraphQLError) -> Answer:
    body = dict(error.formatted)
    if error.original_error and not error.extensions:
        body["extensions"] = {"code": "INTERNAL_SERVER_ERROR"}
    return body


def _errors(message: str, **extensions: Any) -> Answer:
    return {"errors": [{"message": message, "extensions": extensions}]}


def _cost(requested: int, actual: int | None, bucket: Bucket) -> Answer:
    return {
        "cost": {
            "requestedQueryCost": requested,
            "actualQueryCost": actual,
            "throttleStatus": bucket.status(),
        }
    }


def throttled(requested: int, bucket: Bucket) -> Answer:
    body = _errors(
        "Throttled",
        code="THROTTLED",
        documentation="https://shopify.dev/api/usage/rate-limits",
    )
    return body | {"extensions": _cost(requested, None, bucket)}


def _too_expensive(requested: int) -> Answer:
    return _errors(
        f"Query cost is {requested}, which exceeds the single query max cost limit "
        f"{LARGEST_QUERY}.",
        code="MAX_COST_EXCEEDED",
        cost=requested,
        maxCost=LARGEST_QUERY,
        documentation="https://shopify.dev/api/usage/rate-limits",
    )

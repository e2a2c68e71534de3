# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The three deliveries that Shopify's privacy rules oblige every app to answer.

Source: Shopify, "Privacy law compliance", mandatory compliance webhooks.
"""

from collections.abc import Mapping
from typing import Any

from ...engine.privacy import PrivacyRequest

KINDS = {
    "customers/data_request": "export",
    "customers/redact": "redact",
    "shop/redact": "redact_shop",
}
ORDERS = {"export": "orders_requested", "redact": "orders_to_redact"}


def privacy_request(topic: str, payload: Any, delivery: str) -> PrivacyRequest | None:
    """The request in a compliance delivery, None for any other topic.

    :param topic: of the delivery, in lower case
    :param delivery: the platform's number of the delivery, where the body has none
    """
    kind = KINDS.get(topic)
    if not kind or not isinstance(payload, Mapping):
        return None
    customer = payload.get("customer") or {}
    asked = payload.get("data_request") or {}
    return PrivacyRequest(
        kind=kind,
        external_id=str(asked.get("id") or delivery or _describe(payload, customer)),
        customer_id=str(customer.get("id") or ""),
        email=str(customer.get("email") or ""),
        orders=tuple(str(order) for order in payload.get(ORDERS.get(kind, "")) or ()),
    )


def _describe(payload: Mapping[str, Any], customer: Mapping[str, Any]) -> str:
    return f"{payload.get('shop_id', '')}/{customer.get('id', '')}"

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of people, places, the shop and its subscriptions."""

from __future__ import annotations

from typing import Any

from emulators.base.people import RATES

from .. import API_VERSION
from ..model import Address
from .resolving import constants_of, field_of, fields_of

# === PEOPLE AND PLACES ===
constants_of("MailingAddress", coordinatesValidated=False)
fields_of("MailingAddress", countryCodeV2=lambda row: row.country_code)
fields_of(
    "Customer",
    defaultEmailAddress=lambda row: (
        row.email
        and {
            "email_address": row.email,
            "marketing_state": "NOT_SUBSCRIBED",
        }
    ),
    defaultPhoneNumber=lambda row: row.phone and {"phone_number": row.phone},
    displayName=lambda row: f"{row.first_name} {row.last_name}",
)
constants_of(
    "Customer",
    locale="en",
    note=None,
    state="DISABLED",
    taxExempt=False,
    verifiedEmail=True,
)


@field_of("MailingAddress")
def formatted(row: Address, _info: Any, with_company=True, with_name=False) -> Any:
    parts = [row.name if with_name else None, row.company if with_company else None]
    parts += [row.address1, row.address2, f"{row.city} {row.zip}", row.country]
    return [part for part in parts if part]


constants_of(
    "Location",
    fulfillsOnlineOrders=True,
    hasActiveInventory=True,
    isFulfillmentService=False,
    shipsInventory=True,
)
fields_of("Location", updatedAt=lambda row: row.created_at)
fields_of(
    "LocationAddress",
    formatted=lambda row: [row.address1, f"{row.city} {row.zip}", row.country],
)


# === SHOP AND WEBHOOKS ===
constants_of(
    "Shop",
    contactEmail="shop@example.com",
    email="shop@example.com",
    enabledPresentmentCurrencies=list(RATES),
    ianaTimezone="America/New_York",
    id="gid://shopify/Shop/548380009",
    orderNumberFormatPrefix="#",
    plan={
        "partner_development": True,
        "public_display_name": "Development",
        "shopify_plus": False,
    },
    taxShipping=True,
    timezoneOffset="-0500",
    weightUnit="GRAMS",
)
fields_of(
    "Shop",
    currencyCode=lambda row: row.currency,
    myshopifyDomain=lambda row: row.domain,
    primaryDomain=lambda row: {
        "id": "gid://shopify/Domain/1",
        "host": row.domain,
        "ssl_enabled": True,
        "url": f"https://{row.domain}",
    },
    url=lambda row: f"https://{row.domain}",
)
constants_of(
    "WebhookSubscription",
    apiVersion={"display_name": API_VERSION, "handle": API_VERSION, "supported": True},
    format="JSON",
)
fields_of(
    "WebhookSubscription",
    topic=lambda row: row.topic.replace("/", "_").upper(),
)

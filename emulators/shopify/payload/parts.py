# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The pieces that bodies are made of: money, people, lines."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from .. import pricing
from ..model import (
    Address,
    Allocation,
    Customer,
    Discount,
    Line,
    Order,
    ShippingLine,
    TaxLine,
)
from ..money import Money, text
from ..store import Store

Json = dict[str, Any]


# === MONEY AND TIME ===
def money(amount: Money) -> str:
    """Single amounts are in the shop's currency."""
    return text(amount.shop, amount.currencies.shop)


def money_set(amount: Money) -> Json:
    unit = amount.currencies
    return {
        "shop_money": {
            "amount": text(amount.shop, unit.shop),
            "currency_code": unit.shop,
        },
        "presentment_money": {
            "amount": text(amount.presentment, unit.presentment),
            "currency_code": unit.presentment,
        },
    }


def priced(key: str, amount: Money) -> Json:
    return {key: money(amount), f"{key}_set": money_set(amount)}


def when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def pairs(values: dict[str, str]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in values.items()]


# === PEOPLE ===
def address(row: Address | None) -> Json | None:
    return row and {
        "first_name": row.first_name,
        "address1": row.address1,
        "phone": row.phone,
        "city": row.city,
        "zip": row.zip,
        "province": row.province,
        "country": row.country,
        "last_name": row.last_name,
        "address2": row.address2,
        "company": row.company,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "name": row.name,
        "country_code": row.country_code,
        "province_code": row.province_code,
    }


def customer(store: Store, row: Customer) -> Json:
    home = row.default_address
    place = address(home)
    if home and place:
        del place["latitude"], place["longitude"]
        place |= {
            "id": home.id,
            "customer_id": row.id,
            "country_name": home.country,
            "default": True,
        }
    return {
        "id": row.id,
        "email": row.email,
        "created_at": when(row.created_at),
        "updated_at": when(row.updated_at),
        "first_name": row.first_name,
        "last_name": row.last_name,
        "state": "disabled",
        "note": None,
        "verified_email": True,
        "multipass_identifier": None,
        "tax_exempt": False,
        "phone": row.phone,
        "email_marketing_consent": {
            "state": "not_subscribed",
            "opt_in_level": "single_opt_in",
            "consent_updated_at": None,
        },
        "sms_marketing_consent": None,
        "tags": ", ".join(row.tags),
        "currency": store.currency,
        "tax_exemptions": [],
        "admin_graphql_api_id": row.gid,
        "default_address": place,
    }


# === LINES ===
def line(row: Line) -> Json:
    manual = [s for s in row.allocations if s.discount.kind == "manual"]
    discount = row.order.currencies.total(
        share.amount for share in manual if not share.discount.for_whole_order
    )
    open_units = row.current_quantity - row.fulfilled
    status = None
    if row.fulfilled:
        status = "partial" if open_units > 0 else "fulfilled"
    title = f"{row.title} - {row.variant_title}" if row.variant_title else row.title
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "attributed_staffs": [],
        "current_quantity": row.current_quantity,
        "fulfillable_quantity": 0 if row.order.cancelled_at else max(open_units, 0),
        "fulfillment_service": "manual",
        "fulfillment_status": status,
        "gift_card": row.is_gift_card,
        "grams": row.weight_grams,
        "name": title,
        **priced("price", row.unit_price),
        "product_exists": row.product_exists,
        "product_id": row.variant_id,
        "properties": pairs(row.properties),
        "quantity": row.quantity,
        "requires_shipping": row.requires_shipping,
        "sku": row.sku,
        "taxable": row.taxable,
        "title": row.title,
        **priced("total_discount", discount),
        "variant_id": row.variant_id,
        "variant_inventory_management": "shopify" if row.variant_id else None,
        "variant_title": row.variant_title,
        "vendor": row.vendor,
        "tax_lines": [tax(part) for part in row.tax_lines],
        "duties": [],
        "discount_allocations": [allocation(part) for part in row.allocations],
    }


def shipping(row: ShippingLine, parent: Order) -> Json:
    return {
        "id": row.id,
        "carrier_identifier": None,
        "code": row.code,
        **priced("discounted_price", pricing.discounted_shipping(row, parent)),
        "is_removed": False,
        "phone": None,
        **priced("price", row.price),
        "requested_fulfillment_service_id": None,
        "source": "shopify",
        "title": row.title,
        "tax_lines": [tax(part) for part in row.tax_lines],
        "discount_allocations": [allocation(part) for part in row.allocations],
    }


def tax(row: TaxLine) -> Json:
    return {
        "channel_liable": row.channel_liable,
        **priced("price", row.amount),
        "rate": float(row.rate),
        "title": row.title,
    }


def allocation(row: Allocation) -> Json:
    return {
        **priced("amount", row.amount),
        "discount_application_index": row.discount.index,
    }


def application(row: Discount) -> Json:
    named = {
        "discount_code": {"code": row.title},
        "automatic": {"title": row.title},
        "manual": {"title": row.title, "description": row.title},
    }
    return {
        "target_type": row.target_type,
        "type": row.kind,
        "value": _decimal(row.value),
        "value_type": row.value_type,
        "allocation_method": row.allocation_method,
        "target_selection": row.target_selection,
        **named[row.kind],
    }


def _decimal(value: Decimal) -> str:
    return str(value) if "." in str(value) else f"{value}.0"

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies of webhooks: the shop's records in the shape of the REST Admin API."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Any

from . import pricing
from .model import (
    Address,
    Allocation,
    Customer,
    Discount,
    Fulfillment,
    Line,
    Order,
    Refund,
    RefundLine,
    ShippingLine,
    TaxLine,
    Transaction,
)
from .money import Money, text
from .store import Store

Json = dict[str, Any]
APP_ID = 755357713


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


def _priced(key: str, amount: Money) -> Json:
    return {key: money(amount), f"{key}_set": money_set(amount)}


def when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


# === ORDER ===
def order(store: Store, row: Order) -> Json:
    """The whole order as `orders/*` webhooks carry it: no transactions in it."""
    zero = row.currencies.zero()
    return {
        **_identity(store, row),
        **_state(row),
        **_totals(row, zero),
        "billing_address": _address(row.billing_address),
        "customer": row.customer and _customer(store, row.customer),
        "discount_applications": [_application(part) for part in row.discounts],
        "discount_codes": [
            {
                "code": part.title,
                "amount": money(_given(row, part)),
                "type": "shipping"
                if part.target_type == "shipping_line"
                else part.value_type,
            }
            for part in row.discounts
            if part.kind == "discount_code"
        ],
        "fulfillments": [_nested_fulfillment(store, part) for part in row.fulfillments],
        "line_items": [_line(part) for part in row.lines],
        "payment_terms": None,
        "refunds": [_nested_refund(store, part) for part in row.refunds],
        "shipping_address": _address(row.shipping_address),
        "shipping_lines": [_shipping(part, row) for part in row.shipping_lines],
        "tax_lines": [
            _tax(part) for part in pricing.merged_taxes(pricing.all_taxes(row))
        ],
    }


def _identity(store: Store, row: Order) -> Json:
    key = hashlib.sha256(row.token.encode()).hexdigest()[:32]
    web = row.source_name == "web"
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "app_id": 580111 if web else APP_ID,
        "browser_ip": "203.0.113.7" if web else None,
        "cart_token": key if web else None,
        "checkout_id": row.id - 4_000_000 if web else None,
        "checkout_token": key if web else None,
        "client_details": None,
        "confirmation_number": row.confirmation_number,
        "contact_email": row.email,
        "customer_locale": row.locale,
        "device_id": None,
        "email": row.email,
        "landing_site": "/" if web else None,
        "landing_site_ref": None,
        "location_id": None,
        "merchant_business_entity_id": "MTU0ODM4MDAwOQ",
        "merchant_of_record_app_id": None,
        "name": row.name,
        "number": row.number - 1000,
        "order_number": row.number,
        "order_status_url": (
            f"https://{store.domain}/1/orders/{row.token}/authenticate?key={key}"
        ),
        "phone": row.phone,
        "po_number": row.po_number,
        "reference": None,
        "referring_site": None,
        "source_identifier": None,
        "source_name": row.source_name,
        "source_url": None,
        "token": row.token,
        "user_id": None,
    }


def _state(row: Order) -> Json:
    gateways = dict.fromkeys(part.gateway for part in row.transactions)
    return {
        "buyer_accepts_marketing": False,
        "cancel_reason": row.cancel_reason,
        "cancelled_at": when(row.cancelled_at),
        "closed_at": when(row.closed_at),
        "confirmed": True,
        "created_at": when(row.created_at),
        "duties_included": False,
        "estimated_taxes": False,
        "financial_status": pricing.financial_status(row),
        "fulfillment_status": pricing.fulfillment_status(row),
        "note": row.note,
        "note_attributes": _pairs(row.note_attributes),
        "payment_gateway_names": list(gateways),
        "processed_at": when(row.created_at),
        "tags": ", ".join(row.tags),
        "tax_exempt": False,
        "taxes_included": row.taxes_included,
        "test": False,
        "updated_at": when(row.updated_at),
    }


def _totals(row: Order, zero: Money) -> Json:
    return {
        "currency": row.currencies.shop,
        "presentment_currency": row.currencies.presentment,
        **_priced("current_subtotal_price", pricing.current_subtotal(row)),
        "current_total_additional_fees_set": None,
        **_priced("current_total_discounts", pricing.current_discounts(row)),
        "current_total_duties_set": None,
        **_priced("current_total_price", pricing.current_total(row)),
        **_priced("current_total_tax", pricing.current_tax(row)),
        "original_total_additional_fees_set": None,
        "original_total_duties_set": None,
        **_priced("subtotal_price", pricing.subtotal(row)),
        "total_cash_rounding_payment_adjustment_set": money_set(zero),
        "total_cash_rounding_refund_adjustment_set": money_set(zero),
        **_priced("total_discounts", pricing.discounts(row)),
        **_priced("total_line_items_price", pricing.line_items_price(row)),
        "total_outstanding": money(pricing.outstanding(row)),
        **_priced("total_price", pricing.total(row)),
        "total_shipping_price_set": money_set(pricing.shipping(row)),
        **_priced("total_tax", pricing.total_tax(row)),
        "total_tip_received": money(pricing.tip(row)),
        "total_weight": sum(part.weight_grams * part.quantity for part in row.lines),
    }


def _pairs(values: dict[str, str]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in values.items()]


# === PEOPLE ===
def _address(row: Address | None) -> Json | None:
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


def _customer(store: Store, row: Customer) -> Json:
    home = row.default_address
    address = _address(home)
    if home and address:
        del address["latitude"], address["longitude"]
        address |= {
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
        "default_address": address,
    }


# === LINES ===
def _line(row: Line) -> Json:
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
        **_priced("price", row.unit_price),
        "product_exists": row.product_exists,
        "product_id": row.variant_id,
        "properties": _pairs(row.properties),
        "quantity": row.quantity,
        "requires_shipping": row.requires_shipping,
        "sku": row.sku,
        "taxable": row.taxable,
        "title": row.title,
        **_priced("total_discount", discount),
        "variant_id": row.variant_id,
        "variant_inventory_management": "shopify" if row.variant_id else None,
        "variant_title": row.variant_title,
        "vendor": row.vendor,
        "tax_lines": [_tax(part) for part in row.tax_lines],
        "duties": [],
        "discount_allocations": [_allocation(part) for part in row.allocations],
    }


def _shipping(row: ShippingLine, parent: Order) -> Json:
    return {
        "id": row.id,
        "carrier_identifier": None,
        "code": row.code,
        **_priced("discounted_price", pricing.discounted_shipping(row, parent)),
        "is_removed": False,
        "phone": None,
        **_priced("price", row.price),
        "requested_fulfillment_service_id": None,
        "source": "shopify",
        "title": row.title,
        "tax_lines": [_tax(part) for part in row.tax_lines],
        "discount_allocations": [_allocation(part) for part in row.allocations],
    }


def _tax(row: TaxLine) -> Json:
    return {
        "channel_liable": row.channel_liable,
        **_priced("price", row.amount),
        "rate": float(row.rate),
        "title": row.title,
    }


def _allocation(row: Allocation) -> Json:
    return {
        **_priced("amount", row.amount),
        "discount_application_index": row.discount.index,
    }


def _given(row: Order, discount: Discount) -> Money:
    return row.currencies.total(
        share.amount
        for owner in (*row.lines, *row.shipping_lines)
        for share in owner.allocations
        if share.discount is discount
    )


def _application(row: Discount) -> Json:
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


# === REFUNDS ===
def refund(store: Store, row: Refund) -> Json:
    """The body of `refunds/create`."""
    return {
        **_nested_refund(store, row),
        "return": None,
        "refund_shipping_lines": [
            {
                "id": part.id,
                "shipping_line_id": part.shipping_line.id,
                "subtotal_amount_set": money_set(part.subtotal),
                "shipping_line": {
                    key: value
                    for key, value in _shipping(part.shipping_line, row.order).items()
                    if key != "is_removed"
                },
            }
            for part in row.shipping
        ],
    }


def _nested_refund(store: Store, row: Refund) -> Json:
    zero = row.order.currencies.zero()
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "created_at": when(row.created_at),
        "note": row.note,
        "order_id": row.order.id,
        "processed_at": when(row.created_at),
        "restock": any(part.restock_type != "no_restock" for part in row.lines),
        "total_additional_fees_set": money_set(zero),
        "total_duties_set": money_set(zero),
        "user_id": None,
        "order_adjustments": _adjustments(row),
        "transactions": [transaction(part) for part in row.transactions],
        "refund_line_items": [_refund_line(part) for part in row.lines],
        "duties": [],
        "additional_fees": [],
    }


def _adjustments(row: Refund) -> list[Json]:
    """Shipping comes as an adjustment too, under a number of its own."""
    rows = [
        (part.id + 1, -part.subtotal, -part.tax, "shipping_refund", "Shipping refund")
        for part in row.shipping
    ]
    zero = row.order.currencies.zero()
    rows += [
        (part.id, part.amount, zero, "refund_discrepancy", "Refund discrepancy")
        for part in row.adjustments
    ]
    return [
        {
            "id": key,
            "order_id": row.order.id,
            "refund_id": row.id,
            **_priced("amount", amount),
            **_priced("tax_amount", tax),
            "kind": kind,
            "reason": reason,
        }
        for key, amount, tax, kind, reason in rows
    ]


def _refund_line(row: RefundLine) -> Json:
    """`subtotal` and `total_tax` are numbers here, as in the published samples."""
    return {
        "id": row.id,
        "line_item_id": row.line.id,
        "location_id": row.location.id if row.location else None,
        "quantity": row.quantity,
        "restock_type": row.restock_type,
        "subtotal": float(row.subtotal.shop),
        "subtotal_set": money_set(row.subtotal),
        "total_tax": float(row.total_tax.shop),
        "total_tax_set": money_set(row.total_tax),
        "line_item": _line(row.line),
    }


def transaction(row: Transaction) -> Json:
    unit = row.amount.currencies
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "amount": text(row.amount.presentment, unit.presentment),
        "authorization": None,
        "created_at": when(row.created_at),
        "currency": unit.presentment,
        "device_id": None,
        "error_code": None,
        "gateway": row.gateway,
        "kind": row.kind,
        "location_id": None,
        "message": None,
        "order_id": row.order.id,
        "parent_id": row.parent.id if row.parent else None,
        "payment_id": f"{row.order.name}.{row.order.transactions.index(row) + 1}",
        "processed_at": when(row.created_at),
        "receipt": {},
        "source_name": row.order.source_name,
        "status": row.status,
        "test": False,
        "user_id": None,
    }


# === FULFILMENTS ===
def fulfillment(store: Store, row: Fulfillment) -> Json:
    """The body of `fulfillments/create` and `fulfillments/update`."""
    return _nested_fulfillment(store, row)


def _nested_fulfillment(store: Store, row: Fulfillment) -> Json:
    position = (
        row.order.fulfillments.index(row) + 1 if row in row.order.fulfillments else 1
    )
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "created_at": when(row.created_at),
        "location_id": row.location.id,
        "name": f"{row.order.name}.{position}",
        "order_id": row.order.id,
        "origin_address": {},
        "receipt": {},
        "service": "manual",
        "shipment_status": None,
        "status": row.status.lower(),
        "tracking_company": row.company,
        "tracking_number": row.numbers[0] if row.numbers else None,
        "tracking_numbers": row.numbers,
        "tracking_url": row.urls[0] if row.urls else None,
        "tracking_urls": row.urls,
        "updated_at": when(row.updated_at),
        "line_items": [
            {**_line(part.line), "quantity": part.quantity} for part in row.lines
        ],
    }


# === EDITS ===
def edit(store: Store, row: Order, added: list[Json], removed: list[Json]) -> Json:
    """The body of `orders/edited`: what moved, not the order."""
    return {
        "order_edit": {
            "id": store.next_id("OrderEdit"),
            "app_id": APP_ID,
            "created_at": when(row.updated_at),
            "notify_customer": False,
            "order_id": row.id,
            "staff_note": "",
            "user_id": None,
            "line_items": {"additions": added, "removals": removed},
            "discounts": {
                "line_item": {"additions": [], "removals": []},
            },
            "shipping_lines": {"additions": [], "removals": []},
        }
    }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The body of `orders/*`: the whole order in the shape of the REST Admin API."""

from __future__ import annotations

import hashlib

from .. import pricing
from ..model import Discount, Order
from ..money import Money
from ..store import Store
from .after import nested_fulfillment, nested_refund
from .parts import (
    Json,
    address,
    application,
    customer,
    line,
    money,
    money_set,
    pairs,
    priced,
    shipping,
    tax,
    when,
)

APP_ID = 580111


def order(store: Store, row: Order) -> Json:
    """The whole order as `orders/*` webhooks carry it: no transactions in it."""
    zero = row.currencies.zero()
    return {
        **_identity(store, row),
        **_state(row),
        **_totals(row, zero),
        "billing_address": address(row.billing_address),
        "customer": row.customer and customer(store, row.customer),
        "discount_applications": [application(part) for part in row.discounts],
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
        "fulfillments": [nested_fulfillment(store, part) for part in row.fulfillments],
        "line_items": [line(part) for part in row.lines],
        "payment_terms": None,
        "refunds": [nested_refund(store, part) for part in row.refunds],
        "shipping_address": address(row.shipping_address),
        "shipping_lines": [shipping(part, row) for part in row.shipping_lines],
        "tax_lines": [
            tax(part) for part in pricing.merged_taxes(pricing.all_taxes(row))
        ],
    }


def _identity(store: Store, row: Order) -> Json:
    key = hashlib.sha256(row.token.encode()).hexdigest()[:32]
    web = row.source_name == "web"
    return {
        "id": row.id,
        "admin_graphql_api_id": row.gid,
        "app_id": APP_ID if web else None,
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
        "note_attributes": pairs(row.note_attributes),
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
        **priced("current_subtotal_price", pricing.current_subtotal(row)),
        "current_total_additional_fees_set": None,
        **priced("current_total_discounts", pricing.current_discounts(row)),
        "current_total_duties_set": None,
        **priced("current_total_price", pricing.current_total(row)),
        **priced("current_total_tax", pricing.current_tax(row)),
        "original_total_additional_fees_set": None,
        "original_total_duties_set": None,
        **priced("subtotal_price", pricing.subtotal(row)),
        "total_cash_rounding_payment_adjustment_set": money_set(zero),
        "total_cash_rounding_refund_adjustment_set": money_set(zero),
        **priced("total_discounts", pricing.discounts(row)),
        **priced("total_line_items_price", pricing.line_items_price(row)),
        "total_outstanding": money(pricing.outstanding(row)),
        **priced("total_price", pricing.total(row)),
        "total_shipping_price_set": money_set(pricing.shipping(row)),
        **priced("total_tax", pricing.total_tax(row)),
        "total_tip_received": money(pricing.tip(row)),
        "total_weight": sum(part.weight_grams * part.quantity for part in row.lines),
    }


def _given(row: Order, discount: Discount) -> Money:
    return row.currencies.total(
        share.amount
        for owner in (*row.lines, *row.shipping_lines)
        for share in owner.allocations
        if share.discount is discount
    )

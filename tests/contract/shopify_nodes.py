# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Published orders of Shopify in the shape in which a poll reads them.

Shopify publishes orders as bodies of the REST API, which those of its webhooks
resemble; a poll asks the GraphQL API, of which no answer is published. The members
are those that ``connectors.shopify.documents.ORDERS`` asks for.
"""

from typing import Any

Row = dict[str, Any]
NO_MORE = {"hasNextPage": False, "endCursor": None}


def write_node(body: Row) -> Row:
    """The same order, as GraphQL tells it."""
    money = _Money(body)
    return {
        "id": _gid("Order", body),
        "legacyResourceId": str(body["id"]),
        "name": body["name"],
        "createdAt": body["created_at"],
        "processedAt": body["processed_at"],
        "updatedAt": body["updated_at"],
        "cancelledAt": body["cancelled_at"],
        "cancelReason": _upper(body["cancel_reason"]),
        "test": body["test"],
        "note": body["note"],
        "tags": [tag.strip() for tag in body["tags"].split(",") if tag],
        "poNumber": body.get("po_number"),
        "customAttributes": _pairs(body["note_attributes"]),
        "displayFulfillmentStatus": _upper(body["fulfillment_status"]),
        "email": body["email"],
        "phone": body["phone"],
        "customerLocale": body["customer_locale"],
        "customer": _customer(body.get("customer")),
        "shippingAddress": _address(body.get("shipping_address")),
        "billingAddress": _address(body.get("billing_address")),
        "currencyCode": body["currency"],
        "presentmentCurrencyCode": body["presentment_currency"],
        "taxesIncluded": body["taxes_included"],
        "displayFinancialStatus": _upper(body["financial_status"]),
        "paymentGatewayNames": body["payment_gateway_names"],
        "totalPriceSet": money.bag(body, "total_price"),
        "totalOutstandingSet": money.bag(body, "total_outstanding"),
        "totalTipReceivedSet": money.bag(body, "total_tip_received"),
        "taxLines": money.taxes(body),
        "lineItems": _connection([_line(row, money) for row in body["line_items"]]),
        "shippingLines": _connection(
            [_shipping(row, money) for row in body["shipping_lines"]]
        ),
        "transactions": [
            _transaction(row, money)
            for refund in body["refunds"]
            for row in refund["transactions"]
        ],
        "refunds": [_refund(row, money) for row in body["refunds"]],
        "fulfillments": [_parcel(row) for row in body["fulfillments"]],
    }


class _Money:
    """Amounts, which GraphQL tells in both currencies of the order."""

    def __init__(self, body: Row):
        self.currency = body["currency"]

    def bag(self, row: Row, member: str) -> Row:
        told = row.get(f"{member}_set")
        if not told:
            plain = {"amount": str(row[member]), "currency_code": self.currency}
            told = {"shop_money": plain, "presentment_money": plain}
        return {
            name: {
                "amount": str(told[side]["amount"]),
                "currencyCode": told[side]["currency_code"],
            }
            for name, side in (
                ("shopMoney", "shop_money"),
                ("presentmentMoney", "presentment_money"),
            )
        }

    def taxes(self, row: Row) -> list[Row]:
        return [
            {
                "title": tax["title"],
                "rate": tax["rate"],
                "channelLiable": tax.get("channel_liable"),
                "priceSet": self.bag(tax, "price"),
            }
            for tax in row["tax_lines"]
        ]

    def shares(self, row: Row) -> list[Row]:
        return [
            {"allocatedAmountSet": self.bag(share, "amount")}
            for share in row["discount_allocations"]
        ]


def _gid(kind: str, row: Row, member: str = "id") -> str:
    return f"gid://shopify/{kind}/{row[member]}"


def _connection(nodes: list[Row]) -> Row:
    return {"nodes": nodes, "pageInfo": NO_MORE}


def _upper(word: str | None) -> str | None:
    return word and word.upper()


def _pairs(rows: list[Row]) -> list[Row]:
    return [{"key": row["name"], "value": row["value"]} for row in rows]


def _line(row: Row, money: _Money) -> Row:
    variant = row["variant_id"] and {
        "id": _gid("ProductVariant", row, "variant_id"),
        "legacyResourceId": str(row["variant_id"]),
        "barcode": None,
    }
    return {
        "id": _gid("LineItem", row),
        "name": row["name"],
        "title": row["title"],
        "sku": row["sku"],
        "quantity": row["quantity"],
        "currentQuantity": row["current_quantity"],
        "unfulfilledQuantity": row["fulfillable_quantity"],
        "isGiftCard": row["gift_card"],
        "requiresShipping": row["requires_shipping"],
        "customAttributes": _pairs(row["properties"]),
        "variant": variant,
        "originalUnitPriceSet": money.bag(row, "price"),
        "totalDiscountSet": money.bag(row, "total_discount"),
        "taxLines": money.taxes(row),
        "discountAllocations": money.shares(row),
        "duties": [],
    }


def _shipping(row: Row, money: _Money) -> Row:
    return {
        "id": _gid("ShippingLine", row),
        "title": row["title"],
        "code": row["code"],
        "isRemoved": False,
        "originalPriceSet": money.bag(row, "price"),
        "discountedPriceSet": money.bag(row, "discounted_price"),
        "taxLines": money.taxes(row),
        "discountAllocations": money.shares(row),
    }


def _transaction(row: Row, money: _Money) -> Row:
    return {
        "id": _gid("OrderTransaction", row),
        "kind": _upper(row["kind"]),
        "status": _upper(row["status"]),
        "gateway": row["gateway"],
        "createdAt": row["created_at"],
        "processedAt": row["processed_at"],
        "amountSet": money.bag(row, "amount"),
    }


def _refund(row: Row, money: _Money) -> Row:
    lines = [
        {
            "id": _gid("RefundLineItem", line),
            "quantity": line["quantity"],
            "restockType": _upper(line["restock_type"]),
            "lineItem": {"id": _gid("LineItem", line, "line_item_id")},
            "subtotalSet": money.bag(line, "subtotal"),
            "totalTaxSet": money.bag(line, "total_tax"),
        }
        for line in row["refund_line_items"]
    ]
    # None of the published refunds gives shipping back.
    adjustments = [
        {
            "id": _gid("OrderAdjustment", adjustment),
            "amountSet": money.bag(adjustment, "amount"),
            "taxAmountSet": money.bag(adjustment, "tax_amount"),
        }
        for adjustment in row["order_adjustments"]
    ]
    return {
        "id": _gid("Refund", row),
        "createdAt": row["created_at"],
        "refundLineItems": _connection(lines),
        "refundShippingLines": _connection([]),
        "orderAdjustments": _connection(adjustments),
    }


def _parcel(row: Row) -> Row:
    lines = [
        {
            "id": _gid("FulfillmentLineItem", line),
            "quantity": line["quantity"],
            "lineItem": {"id": _gid("LineItem", line)},
        }
        for line in row["line_items"]
    ]
    tracking = {"company": row["tracking_company"], "number": row["tracking_number"]}
    return {
        "id": _gid("Fulfillment", row),
        "status": _upper(row["status"]),
        "trackingInfo": [tracking] if row["tracking_number"] else [],
        "fulfillmentLineItems": _connection(lines),
    }


def _customer(row: Row | None) -> Row | None:
    return row and {
        "id": _gid("Customer", row),
        "legacyResourceId": str(row["id"]),
        "firstName": row["first_name"],
        "lastName": row["last_name"],
        "defaultEmailAddress": {"emailAddress": row["email"]},
        "defaultPhoneNumber": {"phoneNumber": row["phone"]},
        "defaultAddress": _address(row.get("default_address")),
    }


def _address(row: Row | None) -> Row | None:
    return row and {
        "name": row["name"],
        "firstName": row["first_name"],
        "lastName": row["last_name"],
        "company": row["company"],
        "address1": row["address1"],
        "address2": row["address2"],
        "city": row["city"],
        "zip": row["zip"],
        "provinceCode": row["province_code"],
        "countryCodeV2": row["country_code"],
        "phone": row["phone"],
    }

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The body of an order, as small as the platform makes it."""


def line(**values):
    return {
        "id": 11,
        "name": "Mug",
        "product_id": 93,
        "variation_id": 0,
        "quantity": 2,
        "subtotal": "20.00",
        "subtotal_tax": "0.00",
        "total": "20.00",
        "total_tax": "0.00",
        "taxes": [],
        "meta_data": [],
        "sku": "MUG",
        "price": 10,
    } | values


def shipping(**values):
    return {
        "id": 31,
        "method_title": "Flat rate",
        "method_id": "flat_rate",
        "total": "5.00",
        "total_tax": "0.00",
        "taxes": [],
    } | values


def rate(**values):
    return {
        "rate_id": 75,
        "label": "VAT",
        "compound": False,
        "tax_total": "4.00",
        "shipping_tax_total": "0.00",
        "rate_percent": 20,
    } | values


def refund(quantity=1, **values):
    meta = [{"key": "_refunded_item_id", "value": "11"}]
    return {
        "id": 91,
        "amount": "10.00",
        "date_created_gmt": "2026-03-02T09:00:00",
        "line_items": [{"quantity": -quantity, "meta_data": meta}],
    } | values


def address(**values):
    return {
        "first_name": "Ada",
        "last_name": "Buyer",
        "company": "",
        "address_1": "1 Elm St",
        "address_2": "",
        "city": "Reno",
        "state": "NV",
        "postcode": "89501",
        "country": "US",
    } | values


def order(**values):
    return {
        "id": 727,
        "number": "727",
        "status": "processing",
        "currency": "USD",
        "date_created_gmt": "2026-03-01T09:30:00",
        "date_modified_gmt": "2026-03-01T09:31:00",
        "date_paid_gmt": "2026-03-01T09:31:00",
        "date_completed_gmt": None,
        "prices_include_tax": False,
        "total": "20.00",
        "total_tax": "0.00",
        "cart_tax": "0.00",
        "shipping_tax": "0.00",
        "customer_id": 0,
        "customer_note": "",
        "billing": address(email="ada@example.com", phone="555"),
        "shipping": address(),
        "payment_method": "stripe",
        "meta_data": [],
        "line_items": [line()],
        "tax_lines": [],
        "shipping_lines": [],
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": [],
    } | values

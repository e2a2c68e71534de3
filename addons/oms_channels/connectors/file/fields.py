# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The fields of our order document that a mapping can fill, and their names."""

from collections.abc import Collection

ADDRESS = {
    "name": "name",
    "company": "company",
    "street": "street and number",
    "street2": "second line",
    "city": "city",
    "zip": "postcode",
    "state": "state",
    "country": "country (two letters)",
    "phone": "phone",
    "email": "e-mail",
}
LABELS = {
    "external_id": "Order: key (groups the rows of an order)",
    "number": "Order: number that the buyer knows",
    "placed_at": "Order: when it was placed",
    "updated_at": "Order: when it was changed",
    "version": "Order: version",
    "currency": "Order: currency (three letters)",
    "total": "Order: total with tax",
    "taxes_included": "Order: prices contain tax",
    "shipping_method": "Order: shipping method",
    "note": "Order: note of the buyer",
    "gift_note": "Order: gift message",
    "purchase_order": "Order: the buyer's own number",
    "cancelled_at": "Order: when it was cancelled",
    "cancel_reason": "Order: why it was cancelled",
    "shipping": "Order: shipping charge",
    "shipping_tax_amount": "Order: tax on shipping",
    "order_discount": "Order: discount of the whole order",
    "paid": "Order: amount paid",
    "customer.external_id": "Buyer: number",
    "customer.name": "Buyer: name",
    "customer.email": "Buyer: e-mail",
    "customer.phone": "Buyer: phone",
    "customer.vat": "Buyer: tax number",
    "customer.lang": "Buyer: language",
    "customer.is_company": "Buyer: is a company",
    **{f"ship_to.{key}": f"Ship to: {label}" for key, label in ADDRESS.items()},
    **{f"bill_to.{key}": f"Bill to: {label}" for key, label in ADDRESS.items()},
    "line.external_id": "Line: key",
    "line.sku": "Line: SKU",
    "line.barcode": "Line: barcode",
    "line.name": "Line: text",
    "line.kind": "Line: kind",
    "line.quantity": "Line: quantity",
    "line.unit_price": "Line: price of one unit",
    "line.amount": "Line: price of all its units",
    "line.discount": "Line: discount, amount",
    "line.tax_title": "Line: name of the tax",
    "line.tax_rate": "Line: tax rate as a fraction (0.19)",
    "line.tax_percent": "Line: tax rate in percent (19)",
    "line.tax_amount": "Line: tax, amount",
    "line.note": "Line: note",
}
NUMBERS = {"total", "shipping", "shipping_tax_amount", "order_discount", "paid"}
NUMBERS |= {"line.quantity", "line.unit_price", "line.amount", "line.discount"}
NUMBERS |= {"line.tax_rate", "line.tax_percent", "line.tax_amount"}
MOMENTS = {"placed_at", "updated_at", "cancelled_at"}
FLAGS = {"taxes_included", "customer.is_company"}
REQUIRED = ("external_id", "placed_at", "currency", "line.quantity")


def default_source(field: str) -> str:
    """The header that a table has for a field if nobody has said another one.

    >>> default_source("ship_to.city"), default_source("line.sku")
    ('ship_city', 'sku')
    """
    if field == "line.external_id":
        return "line_id"
    if field == "line.note":
        return "line_note"
    return field.removeprefix("line.").replace("_to.", "_").replace(".", "_")


def find_missing(said: Collection[str]) -> list[str]:
    """Fields that an order cannot do without, of which nothing is said.

    >>> find_missing({"external_id", "placed_at", "currency", "line.amount"})
    ['line.quantity']
    """
    missing = [name for name in REQUIRED if name not in said]
    if not {"line.amount", "line.unit_price"}.intersection(said):
        missing.append("line.unit_price")
    return missing

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the shop remembers."""

from .base import Record, Address, Customer
from .order import (
    TaxLine,
    Discount,
    Allocation,
    Line,
    ShippingLine,
    Transaction,
    RefundLine,
    RefundShipping,
    Adjustment,
    Refund,
    FulfillmentOrderLine,
    FulfillmentOrder,
    FulfillmentLine,
    Fulfillment,
    Order,
)
from .stock import Variant, Location, Level

__all__ = [
    "Address",
    "Adjustment",
    "Allocation",
    "Customer",
    "Discount",
    "Fulfillment",
    "FulfillmentLine",
    "FulfillmentOrder",
    "FulfillmentOrderLine",
    "Level",
    "Line",
    "Location",
    "Order",
    "Record",
    "Refund",
    "RefundLine",
    "RefundShipping",
    "ShippingLine",
    "TaxLine",
    "Transaction",
    "Variant",
]

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An order and all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from ..money import Currencies, Money
from .base import Address, Customer, Record
from .stock import Location


@dataclass(eq=False)
class TaxLine:
    title: str
    rate: Decimal
    amount: Money
    channel_liable: bool = False


@dataclass(eq=False)
class Discount:
    """A discount application; the allocations on lines hold the real money."""

    index: int
    kind: str  # discount_code | automatic | manual
    title: str
    target_type: str  # line_item | shipping_line
    target_selection: str  # all | entitled | explicit
    allocation_method: str  # across | each
    value: Decimal
    value_type: str  # percentage | fixed_amount

    @property
    def for_whole_order(self) -> bool:
        return self.target_type == "line_item" and self.target_selection == "all"


@dataclass(eq=False)
class Allocation:
    discount: Discount
    amount: Money


@dataclass(eq=False)
class Line(Record):
    KIND = "LineItem"
    order: Order = field(repr=False)
    variant_id: int | None
    sku: str | None
    title: str
    variant_title: str | None
    vendor: str | None
    quantity: int
    unit_price: Money
    weight_grams: int
    requires_shipping: bool
    taxable: bool
    rates: tuple[tuple[str, Decimal], ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    product_exists: bool = True
    is_gift_card: bool = False
    tax_lines: list[TaxLine] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    refunded: int = 0
    fulfilled: int = 0

    @property
    def current_quantity(self) -> int:
        return self.quantity - self.refunded


@dataclass(eq=False)
class ShippingLine(Record):
    KIND = "ShippingLine"
    title: str
    code: str
    price: Money
    tax_lines: list[TaxLine] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)


@dataclass(eq=False)
class Transaction(Record):
    KIND = "OrderTransaction"
    order: Order = field(repr=False)
    kind: str  # sale | authorization | capture | refund | void
    status: str  # success | pending | failure
    gateway: str
    amount: Money
    created_at: datetime
    parent: Transaction | None = None


@dataclass(eq=False)
class RefundLine(Record):
    KIND = "RefundLineItem"
    line: Line
    quantity: int
    restock_type: str
    location: Location | None
    subtotal: Money
    total_tax: Money


@dataclass(eq=False)
class RefundShipping(Record):
    KIND = "RefundShippingLine"
    shipping_line: ShippingLine
    subtotal: Money
    tax: Money


@dataclass(eq=False)
class Adjustment(Record):
    """Sign as in the accounts of the shop: minus what the buyer got on top."""

    KIND = "OrderAdjustment"
    amount: Money
    reason: str


@dataclass(eq=False)
class Refund(Record):
    KIND = "Refund"
    order: Order = field(repr=False)
    created_at: datetime
    note: str | None = None
    lines: list[RefundLine] = field(default_factory=list)
    shipping: list[RefundShipping] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)


@dataclass(eq=False)
class FulfillmentOrderLine(Record):
    KIND = "FulfillmentOrderLineItem"
    line: Line
    total: int
    remaining: int


@dataclass(eq=False)
class FulfillmentOrder(Record):
    KIND = "FulfillmentOrder"
    order: Order = field(repr=False)
    location: Location
    created_at: datetime
    updated_at: datetime
    requires_shipping: bool = True
    status: str = "OPEN"
    lines: list[FulfillmentOrderLine] = field(default_factory=list)


@dataclass(eq=False)
class FulfillmentLine(Record):
    KIND = "FulfillmentLineItem"
    line: Line
    quantity: int
    source: FulfillmentOrderLine


@dataclass(eq=False)
class Fulfillment(Record):
    KIND = "Fulfillment"
    order: Order = field(repr=False)
    name: str
    location: Location
    created_at: datetime
    updated_at: datetime
    lines: list[FulfillmentLine]
    fulfillment_orders: list[FulfillmentOrder]
    company: str | None = None
    numbers: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    status: str = "SUCCESS"
    notified: bool = False


@dataclass(eq=False)
class Order(Record):
    KIND = "Order"
    number: int
    currencies: Currencies
    taxes_included: bool
    created_at: datetime
    updated_at: datetime
    email: str | None = None
    phone: str | None = None
    customer: Customer | None = None
    billing_address: Address | None = None
    shipping_address: Address | None = None
    lines: list[Line] = field(default_factory=list)
    shipping_lines: list[ShippingLine] = field(default_factory=list)
    discounts: list[Discount] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    fulfillment_orders: list[FulfillmentOrder] = field(default_factory=list)
    fulfillments: list[Fulfillment] = field(default_factory=list)
    tip: Money | None = None
    note: str | None = None
    note_attributes: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    po_number: str | None = None
    source_name: str = "web"
    locale: str = "en"
    token: str = ""
    confirmation_number: str = ""
    original_total: Money | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None
    staff_note: str | None = None
    closed_at: datetime | None = None
    edited: bool = False

    @property
    def name(self) -> str:
        return f"#{self.number}"

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An order as any channel may say it: our words, frozen.

A mapper makes a :class:`ChannelOrder` from a platform's payload; the importer
reads nothing else. Amounts are :class:`~decimal.Decimal` in the order's currency,
moments are aware datetimes in UTC. Amounts of a line are for the whole line.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax of one line, with the amount that the channel charged.

    ``rate`` is a fraction (0.06 for 6 %). ``by_channel``: the channel itself owes
    this tax to the state (marketplace facilitator); it is not the seller's.
    """

    title: str
    rate: Decimal
    amount: Decimal
    by_channel: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Who and where; empty strings for what the channel does not say."""

    name: str = ""
    company: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    zip: str = ""
    state_code: str = ""
    country_code: str = ""
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.company or self.street or self.city)


@dataclass(frozen=True, slots=True)
class Customer:
    """The buyer; ``external_id`` is empty for a guest."""

    external_id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    vat: str = ""
    lang: str = ""
    is_company: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What was bought: goods, a service, shipping, a tip or a fee.

    ``unit_price`` is what the channel shows for one unit before ``discount``
    (amount for the whole line, positive). Both contain tax if the order's
    ``taxes_included`` is set. ``kind``: ``goods`` (any product with a SKU, services
    and downloads too), ``shipping``, ``tip``, ``fee``, ``gift_card``, ``rounding``.
    ``cancelled`` of the quantity will never ship, ``fulfilled`` has already left
    somewhere else; the money of the line is that of the whole quantity.
    ``parent`` is the id of the line of the bundle that this is a part of.
    """

    external_id: str
    name: str
    quantity: Decimal
    unit_price: Decimal
    sku: str = ""
    barcode: str = ""
    product_external_id: str = ""
    kind: str = "goods"
    discount: Decimal = ZERO
    taxes: tuple[Tax, ...] = ()
    cancelled: Decimal = ZERO
    fulfilled: Decimal = ZERO
    note: str = ""
    parent: str = ""

    @property
    def net(self) -> Decimal:
        """What is paid for the line, less discount, taxes as the order has them."""
        return self.unit_price * self.quantity - self.discount

    @property
    def tax(self) -> Decimal:
        return sum((tax.amount for tax in self.taxes), ZERO)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money secured, taken or given back; ``amount`` is positive.

    ``is_summary``: the channel did not list its transactions, this one stands for
    all of its kind so far. It is not added to transactions that are listed later.
    """

    external_id: str
    kind: str  # authorisation, capture, refund, void
    amount: Decimal
    date: datetime
    currency: str = ""
    gateway: str = ""
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """Units of a line that the shop took off or took back, and what they had cost.

    ``external_id`` is the line's. ``amount`` has the ``tax`` in it and is None where
    the channel does not say it: then the line's own share is meant. ``quantity`` 0
    is money alone, as for shipping. ``returned``: the units had left before.
    """

    external_id: str
    quantity: Decimal = ZERO
    amount: Decimal | None = None
    tax: Decimal = ZERO
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Reversal:
    """One step back: units, money, or both; the money moved is a ``Payment``.

    ``kept`` is what the seller keeps of the lines' worth, or, negative, what the
    buyer got on top of it; taxes included.
    """

    external_id: str
    lines: tuple[RefundedLine, ...] = ()
    kept: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Parcel:
    """What has left, as the shop has it; ``lines`` are (external id, units)."""

    external_id: str
    lines: tuple[tuple[str, Decimal], ...] = ()
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class ChannelOrder:
    """One order of a channel, in one version of it.

    ``version`` sorts the versions of an order, newest last (the platform's
    update time in ISO form, or a counter); ``total`` is what the buyer pays, taxes
    and everything included, before any refund. ``requested_on`` is the day on which
    the buyer wants it, ``pickup_location`` the channel's key or name of the place
    where they fetch it.
    """

    external_id: str
    number: str
    version: str
    placed_at: datetime
    currency: str
    total: Decimal
    customer: Customer
    lines: tuple[Line, ...]
    taxes_included: bool = False
    ship_to: Address = field(default_factory=Address)
    bill_to: Address = field(default_factory=Address)
    payments: tuple[Payment, ...] = ()
    shipping_method: str = ""
    note: str = ""
    gift_note: str = ""
    tags: tuple[str, ...] = ()
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    purchase_order: str = ""
    is_test: bool = False
    refunds: tuple[Reversal, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    requested_on: date | None = None
    is_pickup: bool = False
    pickup_location: str = ""

    @property
    def lines_total(self) -> Decimal:
        """What the lines add up to, taxes included."""
        tax = ZERO if self.taxes_included else sum((ln.tax for ln in self.lines), ZERO)
        return sum((line.net for line in self.lines), ZERO) + tax


@dataclass(frozen=True, slots=True)
class Shipment:
    """What the channel must be told when a parcel has left.

    ``lines`` are (external line id, quantity); ``key`` is the same whenever the
    same parcel is told again.
    """

    key: str
    order_external_id: str
    lines: tuple[tuple[str, Decimal], ...]
    carrier: str = ""
    tracking: str = ""
    tracking_url: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class StockLevel:
    """How many of a listing may be sold, absolute."""

    sku: str
    quantity: int
    product_external_id: str = ""
    location_external_id: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What a unit of a listing costs, as the channel shows prices."""

    sku: str
    amount: Decimal
    currency: str
    product_external_id: str = ""


@dataclass(frozen=True, slots=True)
class Cancellation:
    """An order that will not be shipped; ``key`` is the same whenever it is told.

    ``reason`` is for people, ``code`` is that of an ``oms.cancel.reason``.
    ``refund``: the channel gives back what it holds of the buyer's money; else
    somebody has done so already, or will.
    """

    key: str
    order_external_id: str
    reason: str = ""
    code: str = ""
    refund: bool = True


@dataclass(frozen=True, slots=True)
class UnitEdit:
    """Another number of units of a line; ``known`` is what the channel may have.

    If it has any other number, somebody else has changed it, too.
    """

    line_external_id: str
    known: tuple[Decimal, ...]
    wanted: Decimal


@dataclass(frozen=True, slots=True)
class OrderEdit:
    """An order that was edited here; ``key`` is the same whenever it is told."""

    key: str
    order_external_id: str
    lines: tuple[UnitEdit, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """An order with which nothing is left to do."""

    key: str
    order_external_id: str


@dataclass(frozen=True, slots=True)
class Refund:
    """Money to be given back by the channel, or of which it must know.

    ``lines`` are (external line id, quantity, amount without tax, tax); without any,
    the amount belongs to no line. ``by_gateway``: the channel pays it back, else
    somebody has done so already. ``key`` is the same whenever it is told.
    """

    key: str
    order_external_id: str
    amount: Decimal
    lines: tuple[tuple[str, Decimal, Decimal, Decimal], ...] = ()
    reason: str = ""
    by_gateway: bool = True
    restock: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """Money that was secured for an order and is to be taken, or let go.

    ``authorisation`` is the channel's number of it, of which ``authorised`` was the
    amount. ``key`` is the same whenever the same is asked.
    """

    key: str
    order_external_id: str
    authorisation: str
    authorised: Decimal
    amount: Decimal

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a shop sells and how it is set up, and which of it is what here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .documents import ChannelOrder


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """Something that can be bought in the shop, as its catalogue has it.

    ``external_id`` is what lines of orders name. ``product_external_id`` is the
    product that it is a variant of, ``item_external_id`` what stock is kept of, where
    the platform tells them apart. ``quantity`` is what the shop believes that it may
    sell at the places that we tell it of; None where it counts nothing.
    """

    external_id: str
    name: str
    sku: str = ""
    barcode: str = ""
    product_external_id: str = ""
    item_external_id: str = ""
    price: Decimal | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ShopTax:
    """A tax that the shop charges; ``rate`` is a fraction, ``country`` a code."""

    title: str
    rate: Decimal
    is_included: bool = False
    country: str = ""


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """What has to be matched with something here before orders arrive.

    ``locations`` and ``gateways`` are (key, name); a gateway's key is what payments
    say. ``shipping`` are the names of shipping methods as orders say them.
    """

    currency: str = ""
    locations: tuple[tuple[str, str], ...] = ()
    taxes: tuple[ShopTax, ...] = ()
    gateways: tuple[tuple[str, str], ...] = ()
    shipping: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The products that an item may be: one is found, several have to be told apart.

    ``by`` says by what they were found, ``sku`` or ``barcode``.
    """

    products: tuple[int, ...] = ()
    by: str = ""

    @property
    def found(self) -> int:
        """The product's id, 0 if there is none or more than one."""
        return self.products[0] if len(self.products) == 1 else 0


def match(
    sku: str,
    barcode: str,
    by_sku: Mapping[str, Sequence[int]],
    by_barcode: Mapping[str, Sequence[int]],
) -> Match:
    """Products by SKU, else by barcode; several are never one of them by chance.

    A SKU that several products have is settled by the barcode, if that is the
    barcode of one of them.
    """
    same_sku = tuple(by_sku.get(sku, ())) if sku else ()
    same_barcode = tuple(by_barcode.get(barcode, ())) if barcode else ()
    if len(same_sku) > 1:
        both = tuple(product for product in same_sku if product in same_barcode)
        return Match(both, "barcode") if len(both) == 1 else Match(same_sku, "sku")
    if same_sku:
        return Match(same_sku, "sku")
    return Match(same_barcode, "barcode" if same_barcode else "")


def is_drifted(
    shown: Decimal | int | None,
    told: Decimal | int | None,
    wanted: Decimal | int,
) -> bool:
    """Whether the shop has another figure than it was told, and than it should have.

    A shop that has what it was told is only behind: the next push brings it along.
    """
    return shown is not None and shown != told and shown != wanted


def read_settings(orders: Iterable[ChannelOrder]) -> ShopSettings:
    """What these orders use, for platforms that do not list it themselves."""
    taxes: dict[ShopTax, None] = {}
    gateways: dict[str, None] = {}
    shipping: dict[str, None] = {}
    currency = ""
    for order in orders:
        currency = currency or order.currency
        country = order.ship_to.country_code
        for line in order.lines:
            for tax in line.taxes:
                known = ShopTax(tax.title, tax.rate, order.taxes_included, country)
                taxes.setdefault(known)
        for payment in order.payments:
            if payment.gateway:
                gateways.setdefault(payment.gateway)
        if order.shipping_method:
            shipping.setdefault(order.shipping_method)
    return ShopSettings(
        currency=currency,
        taxes=tuple(taxes),
        gateways=tuple((name, name) for name in gateways),
        shipping=tuple(shipping),
    )


def join_settings(first: ShopSettings, second: ShopSettings) -> ShopSettings:
    """Both, what the first one says going first."""
    return ShopSettings(
        currency=first.currency or second.currency,
        locations=tuple(dict.fromkeys(first.locations + second.locations)),
        taxes=tuple(dict.fromkeys(first.taxes + second.taxes)),
        gateways=tuple((dict(second.gateways) | dict(first.gateways)).items()),
        shipping=tuple(dict.fromkeys(first.shipping + second.shipping)),
    )

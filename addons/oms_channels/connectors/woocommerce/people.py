# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who bought, where it goes, who pays."""

from dataclasses import replace

from ...engine.documents import Address, Customer
from ...engine.reading import Node
from .wordpress import Meta

VAT = (
    "billing vat",
    "billing vat number",
    "billing eu vat number",
    "vat number",
    "eu vat number",
    "vat id",
)
PICKUP = ("local_pickup", "pickup_location")


def read_customer(order: Node, bill_to: Address, meta: Meta) -> Customer:
    """The buyer; a guest has no number, and an e-mail address is all there is."""
    key = order.text("customer_id")
    vat = meta.find(*VAT)
    return Customer(
        external_id=key if key not in ("", "0") else "",
        name=bill_to.name or bill_to.company,
        email=bill_to.email,
        phone=bill_to.phone,
        vat=vat,
        lang=meta.find("wpml language").replace("-", "_"),
        is_company=bool(vat and bill_to.company),
    )


def read_addresses(order: Node) -> tuple[Address, Address]:
    """(ship-to, bill-to). A buyer who gave one address only gave the billing one.

    What the buyer fetches from the shop goes nowhere.
    """
    billing = read_address(order.part("billing"))
    shipping = read_address(order.part("shipping"))
    if is_pickup(order):
        return Address(), billing or shipping
    if not shipping:
        return billing, billing
    ship_to = replace(
        shipping,
        phone=shipping.phone or billing.phone,
        # Checkouts copy the country without the rest.
        country_code=shipping.country_code or billing.country_code,
    )
    return ship_to, billing or ship_to


def is_pickup(order: Node) -> bool:
    methods = [
        node.text("method_id").partition(":")[0]
        for node in order.items("shipping_lines")
    ]
    return bool(methods) and all(method in PICKUP for method in methods)


def read_address(node: Node) -> Address:
    name = f"{node.text('first_name')} {node.text('last_name')}".strip()
    return Address(
        name=name,
        company=node.text("company"),
        street=node.text("address_1"),
        street2=node.text("address_2"),
        city=node.text("city"),
        zip=node.text("postcode"),
        state_code=node.text("state"),
        country_code=node.text("country").upper(),
        phone=node.text("phone"),
        email=node.text("email"),
    )

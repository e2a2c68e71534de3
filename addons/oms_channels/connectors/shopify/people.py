# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who bought, where it goes, who pays."""

from dataclasses import replace

from ...engine.documents import Address, Customer
from ...engine.reading import Node


def read_key(node: Node, *keys: str) -> str:
    """A record's number: ``450789469`` or ``gid://shopify/Order/450789469``."""
    return node.text(*keys).rpartition("/")[2].partition("?")[0]


def read_customer(order: Node, bill_to: Address) -> Customer:
    """The buyer; a guest has no number, a company's order belongs to the company."""
    node = order.part("customer")
    email = (
        order.text("email", "contact_email")
        or node.text("email")
        or node.part("defaultEmailAddress").text("emailAddress")
    )
    phone = (
        order.text("phone")
        or node.text("phone")
        or node.part("defaultPhoneNumber").text("phoneNumber")
    )
    name = node.text("displayName") or _join_name(node)
    person = Customer(
        external_id=read_key(node, "legacyResourceId", "id"),
        # The platform shows the e-mail address as the name of who has none.
        name=(name if name != email else "") or bill_to.name,
        email=email,
        phone=phone,
        lang=order.text("customer_locale", "customerLocale").replace("-", "_"),
    )
    return _read_company(order, person, bill_to)


def _read_company(order: Node, person: Customer, bill_to: Address) -> Customer:
    company = order.part("company") or order.part("purchasingEntity").part("company")
    key = read_key(company, "id")
    if not key:
        return person
    name = company.text("name") or bill_to.company or person.name
    return replace(person, external_id=f"company-{key}", name=name, is_company=True)


def read_addresses(order: Node, needs_shipping: bool) -> tuple[Address, Address]:
    """(ship-to, bill-to) as the shop has them.

    Where the shop has no billing address, the shipping address is taken, then the
    buyer's own. Where it has no shipping address, nothing is taken unless goods must
    travel: an order of downloads or one handed over in a store goes nowhere.
    """
    own = read_address(order.part("customer").part("default_address", "defaultAddress"))
    shipping = read_address(order.part("shipping_address", "shippingAddress"))
    billing = read_address(order.part("billing_address", "billingAddress"))
    bill_to = billing or shipping or own
    ship_to = shipping or (bill_to if needs_shipping else Address())
    return ship_to, bill_to


def read_address(node: Node) -> Address:
    return Address(
        name=node.text("name") or _join_name(node),
        company=node.text("company"),
        street=node.text("address1"),
        street2=node.text("address2"),
        city=node.text("city"),
        zip=node.text("zip"),
        state_code=node.text("province_code", "provinceCode"),
        country_code=node.text("country_code", "countryCodeV2", "countryCode").upper(),
        phone=node.text("phone"),
    )


def _join_name(node: Node) -> str:
    first = node.text("first_name", "firstName")
    last = node.text("last_name", "lastName")
    return f"{first} {last}".strip()

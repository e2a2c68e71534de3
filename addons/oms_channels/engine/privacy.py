# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a platform asks about a buyer's data, and a payload without the buyer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REMOVED = "[removed]"
# Names that platforms and our own format give to what tells who somebody is.
PERSONAL = frozenset(
    [
        "address",
        "address1",
        "address2",
        "address_1",
        "address_2",
        "browser_ip",
        "buyer_email",
        "buyer_name",
        "buyer_phone",
        "client_details",
        "company",
        "company_name",
        "contact_email",
        "customer_ip_address",
        "customer_note",
        "customer_user_agent",
        "default_address",
        "email",
        "first_name",
        "firstname",
        "gift_message",
        "last_name",
        "lastname",
        "latitude",
        "longitude",
        "name",
        "note",
        "note_attributes",
        "phone",
        "postcode",
        "street",
        "street2",
        "tax_id",
        "user_agent",
        "vat",
        "vat_number",
        "zip",
    ]
)
# In these, "name" and "company" speak of a person; elsewhere of goods or taxes.
PEOPLE = frozenset(
    [
        "address",
        "billing",
        "billing_address",
        "bill_to",
        "buyer",
        "customer",
        "default_address",
        "destination",
        "shipping",
        "shipping_address",
        "ship_to",
    ]
)
NAMES = frozenset(("name", "company", "company_name", "address"))


@dataclass(frozen=True, slots=True)
class PrivacyRequest:
    """What a platform asks for on behalf of a buyer, or of the shop's owner.

    ``kind``: "export" (send the buyer what is stored), "redact" (forget the buyer),
    "redact_shop" (forget all buyers of the channel). ``orders`` are external ids;
    ``customer_id`` and ``email`` may be empty.
    """

    kind: str
    external_id: str = ""
    customer_id: str = ""
    email: str = ""
    orders: tuple[str, ...] = ()


def redact(value: Any, *, of_person: bool = False) -> Any:
    """A payload in which nothing tells who the buyer is; its shape is kept.

    :param value: a JSON value
    :param of_person: whether the value is a person or an address
    """
    if isinstance(value, Mapping):
        return {
            key: _redact_field(_to_snake(key), inner, of_person=of_person)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [redact(inner, of_person=of_person) for inner in value]
    return value


def _redact_field(name: str, value: Any, *, of_person: bool) -> Any:
    if isinstance(value, Mapping) or value in (None, "", []):
        return redact(value, of_person=of_person or name in PEOPLE)
    if name in PERSONAL and (of_person or name not in NAMES):
        return [] if isinstance(value, list) else REMOVED
    return redact(value, of_person=of_person or name in PEOPLE)


def _to_snake(key: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in key)

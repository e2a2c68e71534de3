# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who bought, where it goes, what they wrote."""

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import order_from_payload

from .builders import line, order

HOME = {"name": "Ann Home", "address1": "1 Home St", "country_code": "us"}
WORK = {"first_name": "Ann", "last_name": "Work", "address1": "2 Work St"}
OWN = {"customer": {"id": 9, "default_address": {"address1": "3 Own St"}}}
DOWNLOAD = line(requires_shipping=False)


def streets(payload):
    mapped = order_from_payload(payload)
    return mapped.ship_to.street, mapped.bill_to.street


ADDRESSES = [
    # name, the order, street of ship-to and bill-to
    (
        "both",
        order(shipping_address=HOME, billing_address=WORK),
        "1 Home St",
        "2 Work St",
    ),
    ("shipping only", order(shipping_address=HOME), "1 Home St", "1 Home St"),
    ("billing only", order(billing_address=WORK), "2 Work St", "2 Work St"),
    ("the buyer's own", order(**OWN), "3 Own St", "3 Own St"),
    ("none", order(), "", ""),
    ("download", order(DOWNLOAD, billing_address=WORK), "", "2 Work St"),
]


@pytest.mark.parametrize(
    ("payload", "ship_to", "bill_to"),
    [pytest.param(*case[1:], id=case[0]) for case in ADDRESSES],
)
def test_addresses(payload, ship_to, bill_to):
    assert streets(payload) == (ship_to, bill_to)


def test_address_has_the_name_of_its_parts():
    assert order_from_payload(order(billing_address=WORK)).bill_to.name == "Ann Work"


def test_country_code_is_in_capitals():
    mapped = order_from_payload(order(shipping_address=HOME))
    assert mapped.ship_to.country_code == "US"


def test_guest_has_an_address_of_mail_and_no_number():
    buyer = order_from_payload(order(email="ann@example.com")).customer
    assert (buyer.external_id, buyer.email) == ("", "ann@example.com")


def test_buyer_of_a_till_may_be_unknown():
    buyer = order_from_payload(order(customer=None, email=None)).customer
    assert (buyer.external_id, buyer.name, buyer.email) == ("", "", "")


def test_order_of_a_company_belongs_to_the_company():
    payload = order(
        customer={"id": 9, "first_name": "Ann", "email": "ann@acme.example"},
        company={"id": 4, "location_id": 5},
        billing_address=HOME | {"company": "Acme"},
    )
    buyer = order_from_payload(payload).customer
    assert (buyer.external_id, buyer.name, buyer.is_company) == (
        *("company-4", "Acme"),
        True,
    )


NOTES = [
    ("gift note", "Happy birthday", ""),
    ("Gift_Message", "Happy birthday", ""),
    ("Colour", "", "Please ring\nColour: Happy birthday"),
    ("_source", "", "Please ring"),
]


@pytest.mark.parametrize(("name", "gift_note", "note"), NOTES)
def test_attribute_is_gift_note_or_note(name, gift_note, note):
    pair = {"name": name, "value": "Happy birthday"}
    mapped = order_from_payload(order(note="Please ring", note_attributes=[pair]))
    assert mapped.gift_note == gift_note
    assert mapped.note == (note or "Please ring")


@pytest.mark.parametrize("tags", ["VIP, late,VIP ,", ["VIP", "late", None]])
def test_tags_are_each_there_once(tags):
    assert order_from_payload(order(tags=tags)).tags == ("VIP", "late")


def test_order_in_the_envelope_of_an_answer_is_read():
    assert order_from_payload({"order": order()}).external_id == "1"


def test_numbers_of_the_buyers_company_and_cancellation_are_kept():
    mapped = order_from_payload(
        order(
            po_number="PO 7",
            cancelled_at="2026-03-02T10:00:00+01:00",
            cancel_reason="inventory",
            test=True,
        )
    )
    assert mapped.purchase_order == "PO 7"
    assert mapped.cancelled_at.isoformat() == "2026-03-02T09:00:00+00:00"
    assert mapped.cancel_reason == "inventory"
    assert mapped.is_test

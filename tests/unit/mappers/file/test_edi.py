# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What business orders say beside lines and prices, in each of their forms."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.file import mapper, readers
from odoo.addons.oms_channels.connectors.file.formats import Format
from tests.unit.mappers.file.samples import EDIFACT, UBL, X12

UBL_WHEN = (
    "<cac:Delivery><cac:DeliveryAddress><cbc:StreetName>Dock 2</cbc:StreetName>"
    "</cac:DeliveryAddress><cac:RequestedDeliveryPeriod><cbc:EndDate>{day}</cbc:EndDate>"
    "</cac:RequestedDeliveryPeriod></cac:Delivery><cac:AnticipatedMonetaryTotal>"
)
UBL_PAYER = (
    "<cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Ada Holding"
    "</cbc:Name></cac:PartyName>{address}</cac:Party></cac:AccountingCustomerParty>"
    "<cac:AnticipatedMonetaryTotal>"
)
ADDRESS = "<cac:PostalAddress><cbc:CityName>Namur</cbc:CityName></cac:PostalAddress>"
# Seven units at 10.00 for three of them.
THIRDS = {
    "ubl": UBL.replace(">10</cbc:Q", ">7</cbc:Q")
    .replace("750</cbc:P", "10</cbc:P")
    .replace(">100<", ">3<")
    .replace("</cbc:Quantity>", "</cbc:Quantity>{amount}", 1)
    .replace("113.05", "51.57"),
    "edifact": EDIFACT.replace("QTY+21:10:PCE", "QTY+21:7:PCE").replace(
        "PRI+AAA:750:::100'", "PRI+AAA:10:::3'{amount}"
    ),
}
AMOUNT = {
    "ubl": '<cbc:LineExtensionAmount currencyID="EUR">23.33</cbc:LineExtensionAmount>',
    "edifact": "MOA+203:23.33'",
}


def read(kind, text):
    (document,) = readers.read_file("sample", text.encode(), Format(kind))
    return mapper.order_from_payload(document.payload)


def with_part(text, part, **values):
    return text.replace("<cac:AnticipatedMonetaryTotal>", part.format(**values))


# === WHEN AND WHERE ===


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("edifact", EDIFACT),
        ("x12", X12.replace("CUR*BY*EUR~", "CUR*BY*EUR~\nDTM*002*20260310~")),
        ("ubl", with_part(UBL, UBL_WHEN, day="2026-03-10")),
    ],
)
def test_day_that_the_buyer_wants_is_read(kind, text):
    assert read(kind, text).requested_on == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("edifact", EDIFACT.replace("DTM+2:20260310:102", "DTM+2:202611:616")),
        ("x12", X12.replace("CUR*BY*EUR~", "CUR*BY*EUR~\nDTM*002*ASAP~")),
        ("ubl", with_part(UBL, UBL_WHEN, day="soon")),
    ],
)
def test_day_that_is_none_is_a_note_for_a_person(kind, text):
    order = read(kind, text)
    assert (order.requested_on, "Requested delivery" in order.note) == (None, True)


def test_place_of_delivery_without_a_location_is_read():
    order = read("ubl", with_part(UBL, UBL_WHEN, day=""))
    assert (order.ship_to.street, order.bill_to.street) == ("Dock 2", "Elm St 1")


def test_payer_with_an_address_gets_the_bill():
    order = read("ubl", with_part(UBL, UBL_PAYER, address=ADDRESS))
    assert (order.bill_to.name, order.bill_to.city) == ("Ada Holding", "Namur")


def test_payer_without_an_address_leaves_the_bill_to_the_buyer():
    order = read("ubl", with_part(UBL, UBL_PAYER, address=""))
    assert (order.bill_to.name, order.bill_to.city) == ("Ada Buyer", "Gent")


def test_note_of_a_line_stays_with_the_line():
    note = "<cac:OrderLine><cbc:Note>Engrave it</cbc:Note>"
    order = read("ubl", UBL.replace("<cac:OrderLine>", note, 1))
    assert [line.note for line in order.lines] == ["Engrave it", ""]


# === MONEY ===


@pytest.mark.parametrize("kind", list(THIRDS))
def test_price_that_does_not_divide_keeps_the_amount_of_the_line(kind):
    order = read(kind, THIRDS[kind].replace("{amount}", AMOUNT[kind]))
    assert order.lines[0].net == Decimal("23.33")
    assert order.lines[0].tax == Decimal("4.43")


@pytest.mark.parametrize("kind", list(THIRDS))
def test_amount_that_is_far_from_the_price_does_not_replace_it(kind):
    wrong = AMOUNT[kind].replace("23.33", "10.00")
    order = read(kind, THIRDS[kind].replace("{amount}", wrong))
    assert round(order.lines[0].net, 2) == Decimal("23.33")


def test_total_that_the_lines_do_not_give_is_kept_as_it_was_said():
    order = read("ubl", UBL.replace("113.05", "99.00"))
    assert (order.total, order.lines_total) == (Decimal("99.00"), Decimal("113.05"))

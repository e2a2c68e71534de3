# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every reader promises, and what each has of its own."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.oms_channels.connectors.file import mapper, readers
from odoo.addons.oms_channels.connectors.file.formats import Column, Format
from odoo.addons.oms_channels.engine.errors import Rejected
from tests.contract.mapping import check_order, check_refusal
from tests.unit.mappers.file import samples

FUZZ = settings(
    max_examples=int(os.environ.get("OMS_FUZZ", "200")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
KINDS = list(samples.FILES)


def read(kind, content=None, **options):
    given_content, form = samples.FILES[kind]
    if content is None:
        content = given_content
    if options:
        values = {name: getattr(form, name) for name in Format.__slots__} | options
        form = Format(**values)
    return readers.read_file("sample", content, form)


def read_text(kind, text, **options):
    return read(kind, text.encode(), **options)


# === EVERY READER ===


@pytest.mark.parametrize("kind", KINDS)
def test_same_order_comes_to_the_same_in_every_form(kind):
    (document,) = read(kind)
    order = mapper.order_from_payload(document.payload)
    lines = [
        (line.sku, f"{line.quantity:f}", f"{line.net:.2f}") for line in order.lines
    ]
    assert f"{order.total:.2f}" == f"{order.lines_total:.2f}" == "113.05"
    assert lines == [("MUG", "10", "75.00"), ("LAMP", "1", "20.00")]


@pytest.mark.parametrize("kind", KINDS)
def test_buyer_is_named_in_every_form(kind):
    (document,) = read(kind)
    assert mapper.order_from_payload(document.payload).customer.name == "Ada Buyer"


@pytest.mark.parametrize("kind", ["ubl", "edifact", "x12", "json", "xlsx"])
def test_form_is_seen_from_the_content(kind):
    name = "orders.json" if kind == "json" else "orders"
    content = samples.FILES[kind][0]
    assert readers.find_kind(name, content, Format()) == kind


@pytest.mark.parametrize("kind", KINDS)
@FUZZ
@given(data=st.data())
def test_spoiled_file_gives_orders_or_refusals_and_nothing_else(kind, data):
    content, form = samples.FILES[kind]
    spoiled = bytearray(content)
    for _turn in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(spoiled) - 1))
        length = data.draw(st.integers(0, 20))
        spoiled[place : place + length] = data.draw(
            st.binary(max_size=8)
            | st.sampled_from(
                [b"'", b"+", b"*", b"~", b"<", b"&", b'"', b"\0", b"9" * 30]
            )
        )
        spoiled = spoiled or bytearray(b" ")
    try:
        documents = readers.read_file("sample", bytes(spoiled), form)
    except Rejected as refusal:
        check_refusal(refusal)
        return
    for document in documents:
        assert document.rows
        check_document(document)


def check_document(document):
    try:
        order = mapper.order_from_payload(document.payload)
    except Rejected as refusal:
        check_refusal(refusal)
    else:
        check_order(order)


@FUZZ
@given(content=st.binary(max_size=300), kind=st.sampled_from(KINDS))
def test_anything_else_is_refused_with_a_sentence(content, kind):
    try:
        documents = readers.read_file("any", content, samples.FILES[kind][1])
    except Rejected as refusal:
        check_refusal(refusal)
    else:
        for document in documents:
            check_document(document)


# === XML ===


@pytest.mark.parametrize("kind", ["xml", "ubl"])
def test_xml_with_a_dtd_is_refused(kind):
    trap = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with pytest.raises(Rejected, match="DTD"):
        read_text(kind, trap)


def test_xml_nested_without_end_is_refused():
    with pytest.raises(Rejected):
        read_text("xml", "<a>" * 150 + "</a>" * 150)


def test_attribute_is_read_as_a_field():
    text = samples.XML.replace("<order>", '<order currency="SEK">')
    columns = (*samples.TREE[:2], Column("currency", "@currency"), *samples.TREE[3:])
    (document,) = read_text("xml", text, columns=columns)
    assert document.payload["currency"] == "SEK"


# === XLSX ===


def test_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(readers.xlsx_reader, "LARGEST_UNPACKED", 100)
    with pytest.raises(Rejected, match="200 MB"):
        read("xlsx")


def test_sheet_that_is_not_there_is_named():
    with pytest.raises(Rejected, match="Orders"):
        read("xlsx", sheet="Orders")


# === EDIFACT ===


def test_escaped_sign_is_part_of_the_text():
    (document,) = read("edifact")
    assert document.payload["ship_to"]["name"] == "Ada's Store"


def test_other_signs_of_the_una_are_used():
    signs = str.maketrans("+:", "|;")
    text = samples.EDIFACT.translate(signs)
    (document,) = read_text("edifact", text)
    assert document.payload["number"] == "4711"


def test_same_number_of_two_buyers_is_two_orders():
    other = samples.EDIFACT.replace("5412345000013", "5412345000099")
    keys = [read_text("edifact", text)[0].payload for text in (samples.EDIFACT, other)]
    assert keys[0]["external_id"] != keys[1]["external_id"]


def test_wrong_count_is_a_warning_and_no_refusal():
    (document,) = read_text("edifact", samples.EDIFACT.replace("UNT+22", "UNT+21"))
    assert "UNT counts 21" in document.payload["edi"]["warnings"][0]


def test_right_count_is_no_warning():
    (document,) = read("edifact")
    assert document.payload["edi"]["warnings"] == []


def test_cancelled_order_of_edifact_is_cancelled():
    (document,) = read_text("edifact", samples.EDIFACT.replace("4711+9", "4711+1"))
    assert mapper.order_from_payload(document.payload).cancelled_at


def test_partial_change_is_refused_with_the_way_out():
    (document,) = read_text("edifact", samples.EDIFACT.replace("4711+9", "4711+4"))
    with pytest.raises(Rejected, match="function 5"):
        mapper.order_from_payload(document.payload)


def test_line_without_price_is_refused_with_its_place():
    text = samples.EDIFACT.replace("PRI+AAA:20'\n", "")
    (document,) = read_text("edifact", text)
    with pytest.raises(Rejected) as caught:
        mapper.order_from_payload(document.payload)
    assert document.places[caught.value.field] == "message 1, LIN 2, PRI"


def test_two_messages_are_two_orders():
    start = samples.EDIFACT.index("UNH+")
    end = samples.EDIFACT.index("UNZ+")
    second = (
        samples.EDIFACT[start:end].replace("4711", "4712").replace("UNH+1", "UNH+2")
    )
    text = samples.EDIFACT[:end] + second + samples.EDIFACT[end:]
    assert len(read_text("edifact", text)) == 2


def test_answer_is_no_order():
    content = (samples.FIXTURES / "edinet.edifact.ORDRSP.edi").read_bytes()
    with pytest.raises(Rejected, match="ORDRSP"):
        read("edifact", content)


# === X12 ===


@pytest.mark.parametrize(
    ("name", "number", "total", "lines"),
    [
        ("edinet.x12.850.edi", "1000012", "19.95", 1),
        ("edinet.x12.850a.edi", "4600000406", "16555.00", 3),
    ],
)
def test_published_orders_of_x12_are_read(name, number, total, lines):
    (document,) = read("x12", (samples.FIXTURES / name).read_bytes())
    order = mapper.order_from_payload(document.payload)
    said = (order.number, f"{order.total:.2f}", len(order.lines))
    assert said == (number, total, lines)


def test_line_breaks_may_end_the_segments():
    text = samples.X12.replace("~\n", "\n")
    (document,) = read_text("x12", text)
    assert document.payload["number"] == "4711"


def test_charge_of_x12_has_two_decimals_that_are_not_written():
    text = samples.X12.replace("PO1*1", "SAC*C*D240***490~\nPO1*1")
    (document,) = read_text("x12", text)
    order = mapper.order_from_payload(document.payload)
    assert [str(ln.net) for ln in order.lines if ln.kind == "shipping"] == ["4.9"]


def test_country_and_place_of_delivery_are_read():
    (document,) = read("x12")
    ship_to = mapper.order_from_payload(document.payload).ship_to
    assert (ship_to.name, ship_to.country_code) == ("Ada Store", "US")


# === UBL ===


def test_discount_of_the_whole_order_is_a_line():
    allowance = (
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        '<cbc:Amount currencyID="EUR">5.00</cbc:Amount></cac:AllowanceCharge>'
    )
    text = samples.UBL.replace("<cac:Anticipated", f"{allowance}<cac:Anticipated")
    (document,) = read_text("ubl", text)
    order = mapper.order_from_payload(document.payload)
    assert [str(line.net) for line in order.lines if line.kind == "fee"] == ["-5.00"]


def test_another_document_of_ubl_is_refused_with_its_name():
    text = samples.UBL.replace("Order xmlns", "Invoice xmlns").replace(
        "</Order>", "</Invoice>"
    )
    with pytest.raises(Rejected, match="Invoice"):
        read_text("ubl", text.replace("xsd:Order-2", "xsd:Invoice-2"))

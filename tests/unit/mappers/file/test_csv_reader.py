# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest

from odoo.addons.oms_channels.connectors.file.csv_reader import read_orders
from odoo.addons.oms_channels.connectors.file.formats import Column, Format
from odoo.addons.oms_channels.connectors.file.mapper import order_from_payload
from odoo.addons.oms_channels.engine.errors import Rejected

HEAD = "external_id,placed_at,currency,sku,quantity,unit_price"
ROW = "1,2026-01-02T03:04:05Z,USD,MUG,2,7.50"


def read(*rows, head=HEAD, **options):
    content = "\n".join([head, *rows]).encode()
    return [document.payload for document in read_orders(content, Format(**options))]


def test_rows_with_the_same_number_are_one_order():
    (order,) = read(ROW, "1,,,LAMP,1,5.00")
    assert [line["sku"] for line in order["lines"]] == ["MUG", "LAMP"]


def test_what_is_read_can_be_mapped():
    (order,) = read(ROW)
    assert order_from_payload(order).total == 15


def test_delimiter_is_found():
    (order,) = read(ROW.replace(",", ";"), head=HEAD.replace(",", ";"))
    assert order["currency"] == "USD"


def test_decimal_comma_is_read():
    row = ROW.replace(",", ";").replace("7.50", "1.007,50")
    (order,) = read(row, head=HEAD.replace(",", ";"), decimal_mark=",")
    assert order["lines"][0]["unit_price"] == "1007.50"


def test_decimal_point_where_a_comma_was_agreed_is_refused():
    (order,) = read(
        ROW.replace(",", ";"), head=HEAD.replace(",", ";"), decimal_mark=","
    )
    with pytest.raises(Rejected, match="decimal mark"):
        order_from_payload(order)


def test_byte_order_mark_is_no_part_of_the_header():
    content = "\ufeff".encode() + f"{HEAD}\n{ROW}".encode()
    assert read_orders(content, Format())


def test_windows_letters_are_read():
    content = f"{HEAD},name\n{ROW},Müsli".encode("cp1252")
    (document,) = read_orders(content, Format())
    assert document.payload["lines"][0]["name"] == "Müsli"


def test_empty_rows_are_passed_over():
    assert len(read(ROW, ",,,,,", "")) == 1


def test_shipping_and_payment_of_a_row_become_a_line_and_a_payment():
    (order,) = read(f"{ROW},4.90,19.90", head=f"{HEAD},shipping,paid")
    assert (
        order_from_payload(order).total == order_from_payload(order).payments[0].amount
    )


def test_row_without_a_number_is_kept_with_its_reason():
    first, second = read(ROW, ROW.replace("1,2026", ",2026"))
    assert (first["external_id"], "Row 3" in second["unreadable"]) == ("1", True)


def test_row_with_too_many_cells_is_kept_with_its_reason():
    (order,) = read(f"{ROW},x,y")
    assert "Row 2" in order["unreadable"]


def test_missing_column_is_named():
    with pytest.raises(Rejected, match="unit_price"):
        read(ROW, head=HEAD.replace("unit_price", "price"))


def test_place_of_a_field_is_told_by_row_and_column():
    content = f"{HEAD}\n{ROW}\n1,,,LAMP,many,5".encode()
    (document,) = read_orders(content, Format())
    assert document.places["lines[1].quantity"] == "row 3, column quantity"


# === MAPPING ===

GERMAN = (
    Column("external_id", "Bestellnr"),
    Column("placed_at", "Datum"),
    Column("currency", constant="EUR"),
    Column("line.sku", "Artikel"),
    Column("line.quantity", "Menge"),
    Column("line.amount", "Betrag"),
    Column("line.tax_percent", "MwSt"),
    Column("ship_to.country", "Land", values=(("Deutschland", "DE"),)),
)
GERMAN_HEAD = "Bestellnr;Datum;Artikel;Menge;Betrag;MwSt;Land"
GERMAN_ROW = "B-1;31.12.2025 23:30;TASSE;3;10,00 €;19 %;Deutschland"


def read_german(*rows, **options):
    given = {
        "columns": GERMAN,
        "decimal_mark": ",",
        "date_format": "%d.%m.%Y",
        "tz": "Europe/Berlin",
    }
    return read(*rows, head=GERMAN_HEAD, **(given | options))


def test_mapping_reads_the_columns_of_the_sender():
    (order,) = read_german(GERMAN_ROW)
    mapped = order_from_payload(order)
    assert (str(mapped.total), mapped.ship_to.country_code) == ("11.90", "DE")


def test_time_without_offset_is_that_of_the_format():
    (order,) = read_german(GERMAN_ROW)
    placed = order_from_payload(order).placed_at
    assert placed.isoformat() == "2025-12-31T22:30:00+00:00"


def test_price_of_all_units_that_does_not_divide_is_kept_to_the_cent():
    (order,) = read_german(GERMAN_ROW)
    assert order_from_payload(order).lines[0].net == 10


def test_rows_without_a_number_belong_to_the_order_above_if_said():
    first = GERMAN_ROW
    (order,) = read_german(first, ";;LAMPE;1;5,00;19;", carry_down=True)
    assert len(order["lines"]) == 2


def test_row_of_the_order_itself_is_no_line_if_said():
    head_row = "B-1;31.12.2025;;;;;Deutschland"
    (order,) = read_german(head_row, GERMAN_ROW, header_rows=True)
    assert len(order["lines"]) == 1


def test_rows_above_the_header_are_skipped_if_said():
    content = f"Report\n\n{GERMAN_HEAD}\n{GERMAN_ROW}".encode()
    form = Format(columns=GERMAN, skip_rows=2, decimal_mark=",", date_format="%d.%m.%Y")
    (document,) = read_orders(content, form)
    assert document.rows == (4,)


@pytest.mark.parametrize(
    ("case", "row"),
    [
        ("day that does not exist", GERMAN_ROW.replace("31.12", "31.02")),
        ("amount in words", GERMAN_ROW.replace("10,00 €", "zehn")),
        ("rate in words", GERMAN_ROW.replace("19 %", "voll")),
        ("no quantity", GERMAN_ROW.replace(";3;", ";;")),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_guessed(case, row):
    (order,) = read_german(row)
    with pytest.raises(Rejected):
        order_from_payload(order)

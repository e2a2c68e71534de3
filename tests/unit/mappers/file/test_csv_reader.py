# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest

from odoo.addons.oms_channels.connectors.file.csv_reader import read_orders
from odoo.addons.oms_channels.connectors.file.mapper import order_from_payload
from odoo.addons.oms_channels.engine.errors import Rejected

HEAD = "external_id,placed_at,currency,sku,quantity,unit_price"
ROW = "1,2026-01-02T03:04:05Z,USD,MUG,2,7.50"


def read(*rows, head=HEAD, **options):
    return read_orders("\n".join([head, *rows]).encode(), **options)


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


def test_byte_order_mark_is_no_part_of_the_header():
    assert read_orders("\ufeff".encode() + f"{HEAD}\n{ROW}".encode())


def test_windows_letters_are_read():
    (order,) = read_orders(
        f"{HEAD},name\n{ROW},Müsli".encode("cp1252"), decimal_mark="."
    )
    assert order["lines"][0]["name"] == "Müsli"


def test_empty_rows_are_passed_over():
    assert len(read(ROW, ",,,,,", "")) == 1


@pytest.mark.parametrize(
    ("case", "rows", "head", "named"),
    [
        ("a column is missing", [ROW], HEAD.replace("unit_price", "price"), "unit_pr"),
        ("no number", [ROW.replace("1,2026", ",2026")], HEAD, "Row 2"),
        ("too many cells", [f"{ROW},x,y"], HEAD, "Row 2"),
    ],
)
def test_table_that_cannot_be_read_says_where(case, rows, head, named):
    with pytest.raises(Rejected, match=named):
        read(*rows, head=head)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest

from odoo.addons.oms_channels.connectors.file import readers
from odoo.addons.oms_channels.connectors.file.rejects import guard, write_rejects
from tests.unit.mappers.file import samples


@pytest.mark.parametrize("kind", list(samples.FILES))
def test_refused_part_is_read_by_the_same_format(kind):
    content, form = samples.FILES[kind]
    (document,) = readers.read_file("sample", content, form)
    bad = dict.fromkeys(document.rows, "The price is missing.")
    written = write_rejects(kind, content, form, bad)
    (again,) = readers.read_file("sample", written, form)
    assert again.payload["external_id"] == document.payload["external_id"]
    assert len(again.payload["lines"]) == 2


@pytest.mark.parametrize("kind", ["csv", "json", "xml", "ubl", "edifact", "x12"])
def test_reason_stands_in_the_file(kind):
    content, form = samples.FILES[kind]
    rows = readers.read_file("sample", content, form)[0].rows
    written = write_rejects(kind, content, form, dict.fromkeys(rows, "No price."))
    assert b"No price." in written


def test_good_rows_are_left_out():
    content = samples.table([*samples.TABLE, ["4712", *samples.TABLE[1][1:]]])
    form = samples.FILES["csv"][1]
    written = write_rejects("csv", content, form, {4: "Why."})
    assert (b"4712" in written, b"4711" in written) == (True, False)


def test_corrected_file_has_its_reason_ignored():
    content, form = samples.FILES["csv"]
    written = write_rejects("csv", content, form, {2: "Why.", 3: "Why."})
    (document,) = readers.read_file("again.csv", written, form)
    assert "error" not in document.payload


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("@SUM", "'@SUM"), ("+49 30", "'+49 30"), ("-5,00", "-5,00")],
)
def test_formulas_are_written_as_text(cell, written):
    assert guard(cell) == written

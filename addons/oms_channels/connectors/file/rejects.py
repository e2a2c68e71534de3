# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The part of a file that was refused, as a file of the same form, with the reasons.

Whoever sent it corrects it there and sends it again: what was good is known by then.
"""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import openpyxl
from lxml import etree

from . import csv_reader, json_reader, ubl_reader, xlsx_reader, xml_reader
from .edifact_syntax import read_segments as read_edifact
from .edifact_writer import write_segments as write_edifact
from .formats import Format
from .x12_syntax import read_segments as read_x12
from .x12_writer import write_segments as write_x12

COLUMN = "error"
FORMULA = tuple("=+-@\t\r")
Reasons = Mapping[int, str]


def write_rejects(kind: str, content: bytes, form: Format, bad: Reasons) -> bytes:
    """
    :param bad: {row or position as in ``Document.rows``: why}
    """
    writers = {
        "csv": _write_csv,
        "xlsx": _write_xlsx,
        "json": _write_json,
        "xml": _write_xml,
        "ubl": _write_xml,
        "edifact": _write_edifact,
        "x12": _write_x12,
    }
    return writers[kind](content, form, bad)


def guard(cell: object) -> object:
    """Text that a spreadsheet does not take for a formula; the readers undo it.

    >>> guard("=HYPERLINK()"), guard("-5.00"), guard("Mug")
    ("'=HYPERLINK()", '-5.00', 'Mug')
    """
    if not isinstance(cell, str) or not cell.startswith(FORMULA):
        return cell
    digits = cell[1:].replace(".", "").replace(",", "")
    return cell if cell[0] in "+-" and digits.isdigit() else f"'{cell}"


# === TABLES ===


def _write_csv(content: bytes, form: Format, bad: Reasons) -> bytes:
    stream = io.StringIO()
    delimiter = csv_reader.find_delimiter(csv_reader.decode(content, form), form)
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    for count, (number, cells) in enumerate(csv_reader.read_rows(content, form)):
        if not count:
            writer.writerow([*cells, COLUMN])
        elif number in bad:
            writer.writerow([*map(guard, cells), guard(bad[number])])
    # The mark tells Excel that it is UTF-8.
    return stream.getvalue().encode("utf-8-sig")


def _write_xlsx(content: bytes, form: Format, bad: Reasons) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(form.sheet or "Rejected")
    for count, (number, cells) in enumerate(xlsx_reader.read_rows(content, form)):
        if not count:
            sheet.append([*cells, COLUMN])
        elif number in bad:
            sheet.append([*map(guard, cells), guard(bad[number])])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# === TREES ===


def _write_json(content: bytes, form: Format, bad: Reasons) -> bytes:
    records = json_reader.read_records(content, form)
    found: Any = [
        {
            **(record if isinstance(record, dict) else {"value": record}),
            COLUMN: bad[number],
        }
        for number, record in enumerate(records, 1)
        if number in bad
    ]
    # Where the orders stood, so that the same format reads it.
    for step in reversed([s for s in (form.records or "orders").split("/") if s]):
        found = {step: found}
    return json.dumps(found, default=str, ensure_ascii=False, indent=2).encode()


def _write_xml(content: bytes, form: Format, bad: Reasons) -> bytes:
    """The same file without the good orders; reasons are comments before the bad."""
    is_ubl = not form.columns
    read = ubl_reader.read_records if is_ubl else xml_reader.read_records
    records = read(content, form)
    root = records[0].getroottree().getroot()
    for number, record in enumerate(records, 1):
        if number in bad:
            text = bad[number].replace("--", "- -").rstrip("-")
            record.insert(0, etree.Comment(f" {COLUMN}: {_clean(text)} "))
        elif record is not root:
            record.getparent().remove(record)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _clean(text: str) -> str:
    """Without signs that XML does not have."""
    return "".join(sign for sign in text if sign == "\n" or sign >= " ")


# === EDI ===


def _write_edifact(content: bytes, _form: Format, bad: Reasons) -> bytes:
    """The same interchange with the bad messages; reasons are FTX segments."""
    kept: list[tuple[str, list[object]]] = []
    number, inside = 0, False
    for segment in read_edifact(content):
        if segment.tag == "UNH":
            number, inside = number + 1, True
        if not inside or number in bad:
            kept.append((segment.tag, [list(e) for e in segment.elements]))
        if segment.tag == "BGM" and number in bad:
            parts = [bad[number][at : at + 70] for at in range(0, 350, 70)]
            kept.append(("FTX", ["AAO", "", "", [part for part in parts if part]]))
        if segment.tag == "UNT":
            inside = False
    return write_edifact(kept)


def _write_x12(content: bytes, _form: Format, bad: Reasons) -> bytes:
    """The same interchange with the bad transactions; reasons are MSG segments."""
    kept: list[tuple[str, list[str]]] = []
    number, inside = 0, False
    for segment in read_x12(content):
        if segment.tag == "ST":
            number, inside = number + 1, True
        if not inside or number in bad:
            kept.append((segment.tag, list(segment.elements)))
        if segment.tag == "BEG" and number in bad:
            kept.append(("MSG", [bad[number][:264]]))
        if segment.tag == "SE":
            inside = False
    return write_x12(kept)

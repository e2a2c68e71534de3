# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables as spreadsheets of Excel; formulas count with the value they had last."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ...engine.errors import Rejected
from .formats import Document, Format
from .table import Row, read_table

LARGEST_UNPACKED = 200 * 1024 * 1024
# What openpyxl raises for archives that are no workbooks: it says so nowhere.
BROKEN = (zipfile.BadZipFile, zlib.error, InvalidFileException, OSError, ValueError)
BROKEN += (KeyError, IndexError, TypeError, AttributeError, SyntaxError, EOFError)
BROKEN += (NotImplementedError, RuntimeError, AssertionError)


def read_orders(content: bytes, form: Format) -> list[Document]:
    """:raise Rejected: if it is no workbook, or a column that must be there is not"""
    return read_table(read_rows(content, form), form)


def read_rows(content: bytes, form: Format) -> Iterator[Row]:
    """(row as the sheet counts them, cells), from the header on."""
    sheet = _get_sheet(open_workbook(content), form)
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > form.skip_rows:
                yield number, cells
    except BROKEN as error:
        raise Rejected(f"The workbook is damaged: {error}", field="file") from None


def open_workbook(content: bytes) -> Any:
    """:raise Rejected: if it is no workbook, or a trap"""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > LARGEST_UNPACKED:
            raise Rejected(
                "The workbook unpacks to more than 200 MB: split it.", field="file"
            )
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
    except BROKEN as error:
        raise Rejected(
            f"The file is not a workbook of Excel (.xlsx): {error}", field="file"
        ) from None


def _get_sheet(workbook: Any, form: Format) -> Any:
    if form.sheet and form.sheet not in workbook.sheetnames:
        raise Rejected(
            f"The workbook has no sheet {form.sheet}; it has "
            f"{', '.join(workbook.sheetnames)}.",
            field="sheet",
            value=form.sheet,
        )
    if not workbook.worksheets:
        raise Rejected("The workbook has no sheet.", field="sheet")
    return workbook[form.sheet] if form.sheet else workbook.worksheets[0]

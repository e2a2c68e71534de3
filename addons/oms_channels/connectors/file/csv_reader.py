# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables as text: the delimiter and the encoding are found, or said."""

import csv
import io
from collections.abc import Iterator

from ...engine.errors import Rejected
from .formats import Document, Format
from .table import Row, read_table

LONGEST_CELL = 131_072


def read_orders(content: bytes, form: Format) -> list[Document]:
    """:raise Rejected: if it is no table, or a column that must be there is not"""
    return read_table(read_rows(content, form), form)


def read_rows(content: bytes, form: Format) -> Iterator[Row]:
    """(row as a spreadsheet counts them, cells), from the header on."""
    text = decode(content, form)
    lines = csv.reader(
        io.StringIO(text, newline=""), delimiter=find_delimiter(text, form)
    )
    number = 0
    try:
        for number, cells in enumerate(lines, 1):
            if number > form.skip_rows:
                yield number, cells
    except csv.Error as error:
        raise Rejected(
            f"The table cannot be read after row {number}: {error}.",
            field=f"row {number + 1}",
        ) from None


def decode(content: bytes, form: Format) -> str:
    """Text without byte order mark; Windows letters where it is not UTF-8.

    :raise Rejected: if it is not in the encoding that was said
    """
    if form.encoding:
        try:
            return content.decode(form.encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            raise Rejected(
                f"The file is not written in {form.encoding}: correct the encoding of "
                "the format, or leave it empty.",
                field="encoding",
            ) from None
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def find_delimiter(text: str, form: Format) -> str:
    """What was said, else the sign that stands most often in the header."""
    if form.delimiter:
        return form.delimiter
    lines = text.split("\n", form.skip_rows + 1)
    header = lines[form.skip_rows] if len(lines) > form.skip_rows else ""
    return max(";,\t|", key=header.count)

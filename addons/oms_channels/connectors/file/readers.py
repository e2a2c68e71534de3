# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which reader reads a file: said by the format, else seen from name and content."""

from collections.abc import Callable

from ...engine.errors import Rejected
from . import (
    csv_reader,
    edifact_reader,
    json_reader,
    ubl_reader,
    x12_reader,
    xlsx_reader,
    xml_reader,
)
from .formats import Document, Format

Reader = Callable[[bytes, Format], list[Document]]
READERS: dict[str, Reader] = {
    "csv": csv_reader.read_orders,
    "xlsx": xlsx_reader.read_orders,
    "json": json_reader.read_orders,
    "xml": xml_reader.read_orders,
    "ubl": ubl_reader.read_orders,
    "edifact": edifact_reader.read_orders,
    "x12": x12_reader.read_orders,
}
ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json"}
ENDINGS |= {".xlsx": "xlsx", ".xlsm": "xlsx"}


def find_kind(name: str, content: bytes, form: Format) -> str:
    """How a file is written.

    :raise Rejected: if nothing here reads it
    """
    if form.kind:
        return form.kind
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"UNA", b"UNB+")):
        return "edifact"
    if head.startswith(b"ISA") and not head[3:4].isalnum():
        return "x12"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"<"):
        return "ubl" if b"ubl:schema:xsd:Order-2" in head else "xml"
    kind = next((k for end, k in ENDINGS.items() if name.lower().endswith(end)), "")
    if not kind:
        raise Rejected(
            f"{name or 'The file'} has a form that is not known here: give .csv, "
            ".xlsx, .json, .xml (UBL), EDIFACT or X12.",
            field="file",
            value=name,
        )
    return kind


def read_file(name: str, content: bytes, form: Format) -> list[Document]:
    """The orders of a file; what is wrong with one of them is said when it is mapped.

    :raise Rejected: if the file as a whole cannot be read
    """
    return READERS[find_kind(name, content, form)](content, form)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a document is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """``page_size``: how many of the outer connection are asked for at first."""

    name: str
    text: str
    page_size: int = 0


def make(name: str, text: str, *fragments: str, page_size: int = 0) -> Document:
    return Document(name, "\n".join([text.strip(), *fragments]), page_size)

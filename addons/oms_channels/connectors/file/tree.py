# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a tree (JSON, XML) to order documents, by simple paths.

A path is names with slashes (``buyer/name``), from the order or from the line. In
XML the last may be an attribute (``@currency``) and namespaces do not count.
"""

from collections.abc import Callable, Iterable
from typing import Any

from .building import Draft, read_fields
from .formats import Document, Format

Finder = Callable[[Any, str], list[Any]]
Teller = Callable[[Any], object]


def read_tree(
    records: Iterable[Any], form: Format, find: Finder, tell: Teller
) -> list[Document]:
    """
    :param find: (node, path) -> what is there
    :param tell: a found thing -> its value
    """
    heads = [column for column in form.columns if not column.field.startswith("line.")]
    inner = [column for column in form.columns if column.field.startswith("line.")]

    def get_from(node: Any) -> Callable[[str], object]:
        return lambda path: next((tell(found) for found in find(node, path)), None)

    documents = []
    for position, record in enumerate(records, 1):
        draft = Draft(form)
        draft.rows.append(position)
        where = {c.field: f"order {position}, {c.source}" for c in heads}
        draft.add_head(read_fields(heads, form, get_from(record)), where)
        nodes = find(record, form.lines) if form.lines else [record]
        for count, node in enumerate(nodes, 1):
            line = f"order {position}, line {count}"
            where = {c.field: f"{line}, {c.source}" for c in inner} | {"": line}
            draft.add_line(read_fields(inner, form, get_from(node)), where)
        documents.append(draft.finish())
    return documents

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON: our own order documents, or any other objects through a mapping."""

import json
from decimal import Decimal
from typing import Any

from ...engine.errors import Rejected
from .csv_reader import decode
from .formats import Document, Format
from .tree import read_tree

ORDER_WORDS = ("orders", "order")


def read_orders(content: bytes, form: Format) -> list[Document]:
    """:raise Rejected: if it is not JSON, or holds no list of orders"""
    records = read_records(content, form)
    if not form.columns:
        return [
            Document(record, (position,))
            if isinstance(record, dict)
            else Document(
                {"unreadable": "must be an order", "content": record}, (position,)
            )
            for position, record in enumerate(records, 1)
        ]
    return read_tree(records, form, find, _tell)


def read_records(content: bytes, form: Format) -> list[Any]:
    """The orders as they stand in the file."""
    try:
        value = json.loads(decode(content, form), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Rejected(f"The file is not JSON: {error}", field="file") from None
    if form.records:
        return find(value, form.records)
    if isinstance(value, dict):
        value = value.get("orders", [value])
    if not isinstance(value, list):
        raise Rejected(
            "The file must hold an order, a list of orders, or an object with a "
            "list named orders.",
            field="file",
        )
    return value


def find(node: Any, path: str) -> list[Any]:
    """What is there; members of lists one by one.

    >>> find({"a": [{"b": 1}, {"b": 2}]}, "a/b")
    [1, 2]
    """
    found = [node]
    for step in filter(None, path.split("/")):
        inner = [n.get(step) for n in _flatten(found) if isinstance(n, dict)]
        found = [value for value in inner if value is not None]
    return _flatten(found)


def list_paths(node: Any, path: str = "") -> list[str]:
    """What stands in a node, in the order of the file; lists are passed over.

    >>> list_paths({"number": 1, "buyer": {"name": "Ada"}, "items": []})
    ['number', 'buyer/name']
    """
    found: list[str] = []
    for key, value in node.items() if isinstance(node, dict) else ():
        if isinstance(value, dict):
            found += list_paths(value, f"{path}{key}/")
        elif not isinstance(value, list):
            found.append(f"{path}{key}")
    return found


def _flatten(values: list[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        flat += value if isinstance(value, list) else [value]
    return flat


def _tell(value: Any) -> object:
    """Text and numbers; an object is no value."""
    return None if isinstance(value, dict | list) else value

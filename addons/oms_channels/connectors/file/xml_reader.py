# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""XML of any shape through a mapping; nothing outside the file is ever read."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ...engine.errors import Rejected
from .formats import Document, Format
from .tree import read_tree

# Far deeper than any order; lxml's own limits guard the rest.
DEEPEST = 100


def read_orders(content: bytes, form: Format) -> list[Document]:
    """:raise Rejected: if it is not XML, has a DTD, or none of the orders named"""
    if not form.columns:
        raise Rejected(
            "XML needs a format that says where each field stands: set one on the "
            "channel.",
            field="format",
        )
    return read_tree(read_records(content, form), form, find, _tell)


def read_records(content: bytes, form: Format) -> list[Any]:
    """The elements that are orders."""
    root = parse(content)
    records = find_records(root, form.records)
    if not records:
        raise Rejected(
            f"The file has no {form.records}; its root is {local_name(root)}.",
            field="records",
            value=form.records,
        )
    return records


def find_records(root: Any, path: str) -> list[Any]:
    """As ``find``; the path may begin with the root's own name."""
    steps = [step for step in path.split("/") if step]
    if steps and steps[0] == local_name(root):
        steps = steps[1:]
    return find(root, "/".join(steps))


def parse(content: bytes) -> Any:
    """The root element.

    :raise Rejected: if it is not XML, or has a DTD (through which files of the server
        and other sites could be read)
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected(f"The file is not XML: {error}", field="file") from None
    if root.getroottree().docinfo.doctype:
        raise Rejected(
            "The file has a DTD, which is not read: remove it.", field="file"
        )
    if any(_depth(element) > DEEPEST for element in root.iter() if not len(element)):
        raise Rejected(
            f"The file is nested deeper than {DEEPEST} levels.", field="file"
        )
    return root


def _depth(element: Any) -> int:
    return sum(1 for _parent in element.iterancestors())


def local_name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def find(node: Any, path: str) -> list[Any]:
    """Elements, or texts of attributes, at the end of a path."""
    found = [node]
    for step in filter(None, path.split("/")):
        if step.startswith("@"):
            return [value for one in found for value in _attribute(one, step[1:])]
        found = [child for one in found for child in one if local_name(child) == step]
    return found


def _attribute(element: Any, name: str) -> list[str]:
    return [
        v for key, v in element.attrib.items() if etree.QName(key).localname == name
    ]


def list_paths(node: Any) -> list[str]:
    """What stands in a node, each path once, in the order of the file."""
    return list(dict.fromkeys(_walk(node, "")))


def _walk(node: Any, path: str) -> Iterator[str]:
    for key in node.attrib:
        yield f"{path}@{etree.QName(key).localname}"
    for child in node:
        name = local_name(child)
        if name and (child.text or "").strip():
            yield f"{path}{name}"
        yield from _walk(child, f"{path}{name}/")


def _tell(found: Any) -> object:
    return found if isinstance(found, str) else (found.text or "").strip()


def tell(node: Any, path: str) -> str:
    """The first text at a path, or none."""
    return next((str(_tell(found)) for found in find(node, path)), "")

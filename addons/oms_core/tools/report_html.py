# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take HTML pages apart and put them together again."""

import html as html_tools
from collections.abc import Iterable
from dataclasses import dataclass

import lxml.html


@dataclass(frozen=True, slots=True)
class Document:
    """An HTML page taken apart, to be put together with others of the same head."""

    head: str
    body_attributes: tuple[tuple[str, str], ...]
    content: str
    title: str

    @property
    def frame(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        return self.head, self.body_attributes


def parse_document(html: str) -> Document:
    root = parse_html(html)
    body = root.find("body")
    heading = next(body.iter("h1", "h2", "h3"), None)
    title = "" if heading is None else " ".join(heading.text_content().split())
    return Document(
        head=inner_html(root.find("head")),
        body_attributes=attributes(body),
        content=inner_html(body),
        title=title,
    )


def parse_html(html: str) -> lxml.html.HtmlElement:
    # Odoo's layout begins with blanks, and libxml2 takes no str with an encoding
    parser = lxml.html.HTMLParser(encoding="utf-8")
    root = lxml.html.document_fromstring(html.strip().encode(), parser=parser)
    if root.find("head") is None:
        root.insert(0, root.makeelement("head"))
    return root


def inner_html(element: lxml.html.HtmlElement) -> str:
    children = (lxml.html.tostring(child, encoding="unicode") for child in element)
    return html_tools.escape(element.text or "", quote=False) + "".join(children)


def attributes(body: lxml.html.HtmlElement) -> tuple[tuple[str, str], ...]:
    # scripts do not run here
    return tuple((name, value) for name, value in body.items() if name != "onload")


def html_page(head: str, attributes: Iterable[tuple[str, str]], content: str) -> str:
    written = "".join(
        f' {name}="{html_tools.escape(value)}"' for name, value in attributes
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">'
        f'<link rel="icon" href="data:,">{head}</head>'
        f"<body{written}>{content}</body></html>"
    )

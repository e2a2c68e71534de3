# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Turn the bodies, headers and footers of a report into one PDF.

Chromium's own header templates load neither style sheets nor fonts.  So the bodies
are printed first; when it is known on how many pages, a second document with one
sheet per page carries header, footer and page number; then the two are laid over
each other.  Text stays text in both.
"""

import copy
import html as html_tools
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

import lxml.html

from odoo.tools.pdf import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfFileReader,
    PdfFileWriter,
    createStringObject,
)

from .chromium import Chromium, ChromiumError
from .page import Page
from .report_html import (
    Document,
    attributes,
    html_page,
    inner_html,
    parse_document,
    parse_html,
)

# So many documents share one print: a call costs more than a page.
DOCUMENTS_PER_PRINT = 100
MARK = "oms-document-"
STYLE = """
html, body { height: auto !important; overflow: visible !important; }
body, .oms_area { max-width: none !important; width: auto !important; }
.oms_document { position: relative; break-before: page; }
.oms_document:first-child { break-before: auto; }
.oms_document > .oms_mark { position: absolute; top: 0; left: 0; font-size: 1px; }
thead { display: table-header-group !important; }
tr, img, .row { break-inside: avoid; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; }
"""
SHEET_STYLE = """
body { margin: 0 !important; padding: 0 !important; }
.oms_sheet { position: relative; overflow: hidden; break-after: page; }
.oms_area { position: absolute !important; margin: 0 !important; }
.oms_line { position: absolute; border-top: 1px solid #000; }
"""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are on the page; lengths in millimetres from its edges."""

    page: Page
    header_top: float = 0.0
    header_line: bool = False


def print_report(
    browser: Chromium,
    bodies: list[str],
    header: str | None,
    footer: str | None,
    layout: Layout,
) -> bytes:
    """One PDF of all bodies, each with its header and footer and own page numbers.

    The i-th child of the header's (footer's) container belongs to the i-th body, as
    in Odoo's minimal layout.
    """
    documents = [parse_document(body) for body in bodies]
    pages, counts = [], []
    # Neighbours only, as itertools groups: the documents keep their order.
    # pylint: disable-next=bad-builtin-groupby
    for _frame, group in groupby(documents, key=lambda document: document.frame):
        for chunk in _chunks(list(group), DOCUMENTS_PER_PRINT):
            printed = browser.print_pdf(_join(chunk), layout.page)
            reader = PdfFileReader(io.BytesIO(printed), strict=False)
            pages += reader.pages
            counts += _page_counts(reader, len(chunk))
    sheets = _print_sheets(browser, header, footer, counts, layout)
    titles = [document.title for document in documents]
    return _assemble(pages, sheets, counts, titles)


# === BODIES ===


def _join(documents: list[Document]) -> str:
    """One HTML page of several; the link to itself makes a findable destination."""
    first = documents[0]
    content = "".join(
        f'<div class="oms_document" id="{MARK}{index}">'
        f'<a class="oms_mark" href="#{MARK}{index}"></a>{document.content}</div>'
        for index, document in enumerate(documents)
    )
    return html_page(
        first.head + f"<style>{STYLE}</style>", first.body_attributes, content
    )


def _page_counts(reader: PdfFileReader, documents: int) -> list[int]:
    total = len(reader.pages)
    if documents == 1:
        return [total]
    numbers = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages)
    }
    try:
        places = reader.trailer["/Root"]["/Dests"]
        starts = [
            numbers[places[f"/{MARK}{index}"][0].idnum] for index in range(documents)
        ]
    except KeyError as error:
        raise ChromiumError("its PDF does not tell where a document starts") from error
    return [
        end - start for start, end in zip(starts, [*starts[1:], total], strict=True)
    ]


# === SHEETS (HEADER AND FOOTER) ===


def _print_sheets(
    browser: Chromium,
    header: str | None,
    footer: str | None,
    counts: list[int],
    layout: Layout,
) -> list[object]:
    """A PDF page for each page of the bodies, or none if there is nothing on them."""
    tops, bottoms = _parts(header), _parts(footer)
    if not (tops or bottoms or layout.header_line):
        return []
    frame = parse_html(header or footer)
    page = layout.page
    bare = Page(page.width, page.height, scale=page.scale)
    sheets = []
    numbered = [
        (index, number, count)
        for index, count in enumerate(counts)
        for number in range(1, count + 1)
    ]
    for chunk in _chunks(numbered, DOCUMENTS_PER_PRINT):
        content = "".join(
            _sheet(tops.get(index), bottoms.get(index), number, count, frame, layout)
            for index, number, count in chunk
        )
        head = inner_html(frame.find("head")) + f"<style>{STYLE}{SHEET_STYLE}</style>"
        keep = [
            (name, value)
            for name, value in attributes(frame.find("body"))
            if name in ("dir", "lang")
        ]
        printed = browser.print_pdf(html_page(head, keep, content), bare)
        reader = PdfFileReader(io.BytesIO(printed), strict=False)
        if len(reader.pages) != len(chunk):
            raise ChromiumError(
                f"{len(chunk)} headers came out on {len(reader.pages)} pages"
            )
        sheets += reader.pages
    return sheets


def _parts(html: str | None) -> dict[int, object]:
    if not html:
        return {}
    containers = parse_html(html).xpath(
        "//*[starts-with(@id, 'minimal_layout_report_')]"
    )
    return dict(enumerate(containers[0])) if containers else {}


def _sheet(top, bottom, number: int, count: int, frame, layout: Layout) -> str:
    page = layout.page
    shrunk = 1 / page.scale
    classes = html_tools.escape(frame.find("body").get("class", ""))
    sides = (
        f"left:{page.margin_left * shrunk:.3f}mm;"
        f"right:{page.margin_right * shrunk:.3f}mm"
    )

    def area(part, at: float) -> str:
        if part is None:
            return ""
        return (
            f'<div class="oms_area {classes}" style="top:{at * shrunk:.3f}mm;{sides}">'
            f"{_numbered(part, number, count)}</div>"
        )

    line = (
        f'<div class="oms_line" style="top:{page.margin_top * shrunk:.3f}mm;{sides}">'
        "</div>"
        if layout.header_line
        else ""
    )
    # a hair lower than the paper, else rounding puts an empty page between two
    height = (page.height - 0.3) * shrunk
    return (
        f'<div class="oms_sheet" style="height:{height:.3f}mm">{line}'
        f"{area(top, layout.header_top)}"
        f"{area(bottom, page.height - page.margin_bottom)}</div>"
    )


def _numbered(part, number: int, count: int) -> str:
    """The header or footer with its page numbers, where Odoo's own script puts them."""
    part = copy.deepcopy(part)
    part.tail = None
    for name, value in (("page", number), ("topage", count)):
        for node in part.find_class(name):
            for child in list(node):
                node.remove(child)
            node.text = str(value)
    return lxml.html.tostring(part, encoding="unicode")


# === PDF ===


def _assemble(pages: list, sheets: list, counts: list[int], titles: list[str]) -> bytes:
    writer = PdfFileWriter()
    for index, page in enumerate(pages):
        added = writer.add_page(page)
        _remove_marks(added)
        if sheets:
            added.merge_page(sheets[index], over=False)
    if len(counts) > 1:
        _add_outline(writer, counts, titles)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _remove_marks(page: DictionaryObject) -> None:
    """Take away the links of documents to themselves: no use to a reader."""
    if "/Annots" not in page:
        return
    kept = [
        reference
        for reference in page["/Annots"]
        if not str(reference.get_object().get("/Dest", "")).startswith(f"/{MARK}")
    ]
    page[NameObject("/Annots")] = ArrayObject(kept)


def _add_outline(writer: PdfFileWriter, counts: list[int], titles: list[str]) -> None:
    """A bookmark for each document.

    Odoo cuts a PDF of several records at these bookmarks to attach each record's own
    part.  It looks them up by name and expects page numbers, not page references.
    """
    outline = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    outline_ref = writer._add_object(outline)
    names, entries, start = DictionaryObject(), [], 0
    for index, (count, title) in enumerate(zip(counts, titles, strict=True)):
        name = NameObject(f"/{MARK}{index}")
        names[name] = ArrayObject([NumberObject(start), NameObject("/Fit")])
        entry = DictionaryObject(
            {
                NameObject("/Title"): createStringObject(title or str(index + 1)),
                NameObject("/Parent"): outline_ref,
                NameObject("/Dest"): name,
            }
        )
        entries.append((writer._add_object(entry), entry))
        start += count
    for (reference, entry), (next_reference, next_entry) in pairwise(entries):
        entry[NameObject("/Next")] = next_reference
        next_entry[NameObject("/Prev")] = reference
    outline[NameObject("/First")] = entries[0][0]
    outline[NameObject("/Last")] = entries[-1][0]
    outline[NameObject("/Count")] = NumberObject(len(entries))
    writer._root_object[NameObject("/Dests")] = writer._add_object(names)
    writer._root_object[NameObject("/Outlines")] = outline_ref


def _chunks(items: list, size: int) -> Iterator[list]:
    for start in range(0, len(items), size):
        yield items[start : start + size]

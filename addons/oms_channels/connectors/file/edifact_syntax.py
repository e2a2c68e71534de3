# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EDIFACT as segments: the library does the signs, here the envelope is opened."""

from dataclasses import dataclass, field

from pydifact.control.characters import Characters
from pydifact.exceptions import EDISyntaxError
from pydifact.parser import Parser
from pydifact.tokenizer import Tokenizer

from ...engine.errors import Rejected

# Characters of the syntax levels; others are written in UTF-8 by agreement.
CHARSETS = {"UNOA": "ascii", "UNOB": "ascii", "UNOC": "latin-1", "UNOD": "iso8859-2"}
CHARSETS |= {"UNOE": "iso8859-5", "UNOF": "iso8859-7", "UNOY": "utf-8", "UNOW": "utf-8"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A tag and its elements, each a list of components."""

    tag: str
    elements: tuple[tuple[str, ...], ...]

    def get(self, element: int, component: int = 0) -> str:
        """Counted as the directory does, from 0 after the tag; empty if not there."""
        if element >= len(self.elements):
            return ""
        found = self.elements[element]
        return found[component].strip() if component < len(found) else ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message between UNH and UNT, and what the envelope says of it."""

    kind: str
    release: str
    reference: str
    envelope: Segment
    segments: tuple[Segment, ...]
    warnings: tuple[str, ...] = field(default_factory=tuple)


def read_segments(content: bytes) -> list[Segment]:
    """:raise Rejected: if it is not EDIFACT"""
    text = _decode(content).lstrip("\ufeff \t\r\n")
    signs = Characters()
    if text.startswith("UNA"):
        if len(text) < 9:
            raise Rejected("The file ends within its UNA.", field="UNA")
        signs, text = Characters.from_str(text[:9]), text[9:].lstrip("\r\n\t ")
    if not text.startswith("UNB"):
        raise Rejected(
            "The file is not EDIFACT: it begins with neither UNA nor UNB.",
            field="UNB",
            value=text[:20],
        )
    if not text.rstrip().endswith(signs.segment_terminator):
        text = text.rstrip() + signs.segment_terminator
    parser = Parser()
    try:
        tokens = Tokenizer().get_tokens(text, signs)
        return [_segment(raw) for raw in parser.convert_tokens_to_raw_segments(tokens)]
    except (EDISyntaxError, RuntimeError) as error:
        raise Rejected(f"The file is not EDIFACT: {error}", field="file") from None


def _segment(raw: list[object]) -> Segment:
    elements = [
        tuple(str(part) for part in value) if isinstance(value, list) else (str(value),)
        for value in raw
    ]
    tag = elements[0][0].strip() if elements else ""
    return Segment(tag, tuple(elements[1:]))


def _decode(content: bytes) -> str:
    head = content[:80].decode("latin-1")
    level = next((name for name in CHARSETS if name in head), "")
    charsets = (CHARSETS.get(level, "utf-8"), "utf-8", "latin-1")
    return next(text for charset in charsets if (text := _try(content, charset)))


def _try(content: bytes, charset: str) -> str:
    """The text, or nothing if these are other characters."""
    try:
        return content.decode(charset) or " "
    except UnicodeDecodeError:
        return ""


def read_messages(content: bytes) -> list[Message]:
    """Messages of all interchanges of a file; wrong counts are warnings.

    :raise Rejected: if there is none
    """
    found: list[Message] = []
    envelope = Segment("UNB", ())
    inside: list[Segment] | None = None
    for segment in read_segments(content):
        if segment.tag == "UNB":
            envelope = segment
        elif segment.tag == "UNH":
            if inside is not None:
                found.append(_message(envelope, inside, None))
            inside = [segment]
        elif segment.tag == "UNT" and inside is not None:
            found.append(_message(envelope, inside, segment))
            inside = None
        elif inside is not None:
            inside.append(segment)
    if inside is not None:
        found.append(_message(envelope, inside, None))
    if not found:
        raise Rejected("The file holds no EDIFACT message (UNH).", field="UNH")
    return found


def _message(envelope: Segment, inside: list[Segment], end: Segment | None) -> Message:
    head = inside[0]
    warnings = []
    if end is None:
        warnings.append("the message has no end (UNT)")
    else:
        if end.get(0) != str(len(inside) + 1):
            warnings.append(
                f"UNT counts {end.get(0)} segments, there are {len(inside) + 1}"
            )
        if end.get(1) != head.get(0):
            warnings.append(f"UNT names {end.get(1)}, UNH {head.get(0)}")
    return Message(
        kind=head.get(1),
        release=f"{head.get(1, 1)}.{head.get(1, 2)}",
        reference=head.get(0),
        envelope=envelope,
        segments=tuple(inside[1:]),
        warnings=tuple(warnings),
    )

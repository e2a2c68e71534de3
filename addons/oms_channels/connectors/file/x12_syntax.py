# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""X12 as segments. The signs are read from the ISA, as the standard has them."""

from dataclasses import dataclass, field

from ...engine.errors import Rejected

ISA_ELEMENTS = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """A tag and its elements, counted from 1 as in the standard."""

    tag: str
    elements: tuple[str, ...]

    def get(self, element: int) -> str:
        """Empty if it is not there."""
        return self.elements[element - 1] if 0 < element <= len(self.elements) else ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What is between ST and SE, and its envelopes."""

    kind: str
    control: str
    isa: Segment
    group: Segment
    segments: tuple[Segment, ...]
    warnings: tuple[str, ...] = field(default_factory=tuple)


def read_segments(content: bytes) -> list[Segment]:
    """:raise Rejected: if it is not X12"""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    text = text.lstrip()
    if not text.startswith("ISA") or len(text) < ISA_ELEMENTS * 2:
        raise Rejected(
            "The file is not X12: it does not begin with ISA.",
            field="ISA",
            value=text[:20],
        )
    separator = text[3]
    parts = text.split(separator, ISA_ELEMENTS)
    # Padding is often wrong, the number of elements never: count those.
    if separator.isalnum() or len(parts) <= ISA_ELEMENTS or len(parts[-1]) < 2:
        raise Rejected("The ISA of the file is not complete.", field="ISA")
    terminator = parts[-1][1]
    return [
        Segment(elements[0].upper(), tuple(elements[1:]))
        for line in text.split(terminator)
        if (elements := [part.strip() for part in line.strip().split(separator)])[0]
    ]


def read_transactions(content: bytes) -> list[Transaction]:
    """Transactions of all interchanges of a file; wrong counts are warnings.

    :raise Rejected: if there is none
    """
    found: list[Transaction] = []
    isa = group = Segment("", ())
    inside: list[Segment] | None = None
    for segment in read_segments(content):
        if segment.tag == "ISA":
            isa = segment
        elif segment.tag == "GS":
            group = segment
        elif segment.tag == "ST":
            if inside is not None:
                found.append(_transaction(isa, group, inside, None))
            inside = [segment]
        elif segment.tag == "SE" and inside is not None:
            found.append(_transaction(isa, group, inside, segment))
            inside = None
        elif inside is not None:
            inside.append(segment)
    if inside is not None:
        found.append(_transaction(isa, group, inside, None))
    if not found:
        raise Rejected("The file holds no transaction (ST).", field="ST")
    return found


def _transaction(
    isa: Segment, group: Segment, inside: list[Segment], end: Segment | None
) -> Transaction:
    warnings = []
    if end is None:
        warnings.append("the transaction has no end (SE)")
    else:
        if end.get(1) != str(len(inside) + 1):
            warnings.append(
                f"SE counts {end.get(1)} segments, there are {len(inside) + 1}"
            )
        if end.get(2) != inside[0].get(2):
            warnings.append(f"SE names {end.get(2)}, ST {inside[0].get(2)}")
    return Transaction(
        inside[0].get(1),
        inside[0].get(2),
        isa,
        group,
        tuple(inside[1:]),
        tuple(warnings),
    )

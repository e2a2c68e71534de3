# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""855 (acknowledgement) and 856 (ship notice), 4010, for orders that came as 850."""

from collections.abc import Iterable

from .answers import Answer, AnsweredLine

SEPARATOR, COMPONENT, TERMINATOR = "*", ">", "~"
VERDICTS = {"accepted": "AD", "changed": "AC", "rejected": "RD"}
ACTIONS = {"accepted": "IA", "changed": "IQ", "rejected": "IR"}
Raw = tuple[str, list[str]]


def write_segments(segments: Iterable[Raw]) -> bytes:
    """An interchange as text, one segment a line."""
    lines = []
    for tag, elements in segments:
        # Only the ISA may say the sign of components.
        parts = elements if tag == "ISA" else [_clean(element) for element in elements]
        if tag == "ISA" and len(parts) == 16:
            parts = [*parts[:15], COMPONENT]
        while parts and not parts[-1]:
            parts = parts[:-1]
        lines.append(SEPARATOR.join([tag, *parts]) + TERMINATOR)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _clean(text: str) -> str:
    """X12 cannot escape its signs: they become blanks."""
    for sign in (SEPARATOR, COMPONENT, TERMINATOR, "\n", "\r"):
        text = text.replace(sign, " ")
    return text


def write_response(answer: Answer) -> bytes:
    """855: what of the order is accepted."""
    body: list[Raw] = [
        ("BAK", ["00", VERDICTS[answer.verdict], answer.number, answer.date]),
        ("REF", ["VN", answer.key[-30:]]),
    ]
    for line in answer.lines:
        body += [
            (
                "PO1",
                [line.key, _number(line.ordered), line.unit or "EA", line.price, ""],
            ),
            ("ACK", [ACTIONS[line.verdict], _number(line.quantity), line.unit or "EA"]),
        ]
        body[-2][1].extend(_codes(line))
    body.append(("CTT", [str(len(answer.lines))]))
    return _frame(answer, "855", "PR", body)


def write_despatch(answer: Answer) -> bytes:
    """856: what has left in one parcel; shipment, order, items."""
    day, hour = f"{answer.moment:%Y%m%d}", f"{answer.moment:%H%M}"
    body: list[Raw] = [
        ("BSN", ["00", answer.key[-30:], day, hour, "0004"]),
        ("HL", ["1", "", "S"]),
    ]
    if answer.carrier:
        body.append(("TD5", ["", "", "", "", answer.carrier[:35]]))
    if answer.tracking:
        body.append(("REF", ["CN", answer.tracking[:30]]))
    body += [("DTM", ["011", day]), ("HL", ["2", "1", "O"])]
    body.append(("PRF", [answer.number]))
    for level, line in enumerate(answer.lines, 3):
        body += [
            ("HL", [str(level), "2", "I"]),
            ("LIN", [line.key, *_codes(line)]),
            ("SN1", ["", _number(line.quantity), line.unit or "EA"]),
        ]
    body.append(("CTT", [str(len(answer.lines) + 2)]))
    return _frame(answer, "856", "SH", body)


def _codes(line: AnsweredLine) -> list[str]:
    pairs = (("VN", line.sku), ("UP", line.barcode), ("BP", line.buyer_sku))
    return [part for kind, code in pairs if code for part in (kind, code)]


def _number(quantity: object) -> str:
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _frame(answer: Answer, kind: str, group: str, body: list[Raw]) -> bytes:
    control, short = f"{answer.control:09d}"[-9:], str(answer.control)
    day, hour = answer.moment, f"{answer.moment:%H%M}"
    sender, recipient = answer.sender, answer.recipient
    isa = ["00", " " * 10, "00", " " * 10, _qualifier(sender), f"{sender[0]:15.15}"]
    isa += [_qualifier(recipient), f"{recipient[0]:15.15}", f"{day:%y%m%d}", hour]
    isa += ["U", "00401", control, "0", "P", COMPONENT]
    ids = [answer.group_sender or sender[0], answer.group_recipient or recipient[0]]
    gs = [group, *ids, f"{day:%Y%m%d}", hour, short, "X", answer.version or "004010"]
    return write_segments(
        [
            ("ISA", isa),
            ("GS", gs),
            ("ST", [kind, "0001"]),
            *body,
            ("SE", [str(len(body) + 2), "0001"]),
            ("GE", ["1", short]),
            ("IEA", ["1", control]),
        ]
    )


def _qualifier(party: list[str]) -> str:
    return f"{party[1] if len(party) > 1 and party[1] else 'ZZ':2.2}"

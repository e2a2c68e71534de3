# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ORDRSP and DESADV (D96A) for orders that came as ORDERS."""

from collections.abc import Iterable

from pydifact.control.characters import Characters
from pydifact.segments import Segment
from pydifact.serializer import Serializer

from .answers import Answer, AnsweredLine

# EANCOM's word for how a line is answered.
ACTIONS = {"accepted": "5", "changed": "3", "rejected": "7"}
RESPONSES = {"accepted": "29", "changed": "4", "rejected": "27"}
Raw = tuple[str, list[object]]


def write_segments(segments: Iterable[Raw]) -> bytes:
    """An interchange as text, one segment a line, in UTF-8 or what it declares."""
    raw = [
        Segment(tag, *(_element(element) for element in elements))
        for tag, elements in segments
    ]
    return (
        Serializer(Characters()).serialize(raw, True, True).encode("utf-8", "replace")
    )


def _element(element: object) -> object:
    """One component is text, for the library; trailing empty ones are left out."""
    if not isinstance(element, list):
        return str(element or "")
    parts = [str(part or "") for part in element]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts[0] if len(parts) == 1 else parts


def write_response(answer: Answer) -> bytes:
    """ORDRSP: what of the order is accepted."""
    code = RESPONSES[answer.verdict]
    body: list[Raw] = [
        ("BGM", ["231", answer.key[-35:], code]),
        ("DTM", [["137", f"{answer.moment:%Y%m%d%H%M}", "203"]]),
        *_references(answer),
        *([("CUX", [["2", answer.currency, "9"]])] if answer.currency else []),
    ]
    for line in answer.lines:
        body += [
            ("LIN", _lin(line, ACTIONS[line.verdict])),
            *_codes(line),
            ("QTY", [["21", _number(line.ordered), line.unit]]),
            ("QTY", [["113", _number(line.quantity), line.unit]]),
        ]
        if line.price:
            body.append(("PRI", [["AAA", line.price]]))
    body += [("UNS", ["S"]), ("CNT", [["2", str(len(answer.lines))]])]
    return _frame(answer, "ORDRSP", "EAN005", body)


def write_despatch(answer: Answer) -> bytes:
    """DESADV: what has left in one parcel."""
    body: list[Raw] = [
        ("BGM", ["351", answer.key[-35:], "9"]),
        ("DTM", [["137", f"{answer.moment:%Y%m%d%H%M}", "203"]]),
        ("DTM", [["11", f"{answer.moment:%Y%m%d}", "102"]]),
        *_references(answer),
    ]
    if answer.carrier:
        body.append(("TDT", ["20", "", "", "", ["", "", "", answer.carrier[:35]]]))
    body.append(("CPS", ["1"]))
    if answer.tracking:
        body += [
            ("PAC", ["1"]),
            ("PCI", ["33E"]),
            ("GIN", ["BJ", answer.tracking[:35]]),
        ]
    for line in answer.lines:
        body += [
            ("LIN", _lin(line, "")),
            *_codes(line),
            ("QTY", [["12", _number(line.quantity), line.unit]]),
        ]
    body.append(("CNT", [["2", str(len(answer.lines))]]))
    return _frame(answer, "DESADV", "EAN005", body)


def _references(answer: Answer) -> list[Raw]:
    found: list[Raw] = [("RFF", [["ON", answer.number]])]
    roles = {"buyer": "BY", "supplier": "SU", "delivery": "DP"}
    for role, code in roles.items():
        if gln := answer.parties.get(role):
            found.append(("NAD", [code, [gln, "", "9"]]))
    return found


def _lin(line: AnsweredLine, action: str) -> list[object]:
    return (
        [line.key, action, [line.barcode, "EN"]] if line.barcode else [line.key, action]
    )


def _codes(line: AnsweredLine) -> list[Raw]:
    codes: list[object] = [[line.sku, "SA"]] if line.sku else []
    codes += [[line.buyer_sku, "BP"]] if line.buyer_sku else []
    return [("PIA", ["1", *codes])] if codes else []


def _number(quantity: object) -> str:
    return (
        f"{quantity:f}".rstrip("0").rstrip(".")
        if "." in f"{quantity:f}"
        else f"{quantity:f}"
    )


def _frame(answer: Answer, kind: str, code: str, body: list[Raw]) -> bytes:
    control = str(answer.control)
    head: Raw = ("UNH", ["1", [kind, "D", "96A", "UN", code]])
    end: Raw = ("UNT", [str(len(body) + 2), "1"])
    stamp = [f"{answer.moment:%y%m%d}", f"{answer.moment:%H%M}"]
    return write_segments(
        [
            ("UNB", [["UNOY", "3"], answer.sender, answer.recipient, stamp, control]),
            head,
            *body,
            end,
            ("UNZ", ["1", control]),
        ]
    )

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EDIFACT ORDERS (D96A and later) as order documents."""

from .building import Draft
from .edi import (
    apply_function,
    charge_line,
    check_kind,
    complete_item,
    order_key,
    prefer_amount,
    request_day,
)
from .edifact_syntax import Message, Segment, read_messages
from .formats import Document, Format, unreadable
from .values import read_decimal, read_edi_moment

FUNCTIONS = {"": "original", "9": "original", "5": "replace", "31": "copy"}
FUNCTIONS |= {"1": "cancelled", "7": "copy", "42": "original"}
PARTIES = {"BY": "buyer", "SU": "supplier", "DP": "delivery", "IV": "invoicee"}
PARTIES |= {"ST": "delivery", "UC": "final", "OB": "buyer"}


def read_orders(content: bytes, form: Format) -> list[Document]:
    """:raise Rejected: if it is not EDIFACT, or holds no ORDERS"""
    messages = read_messages(content)
    check_kind("ORDERS", (message.kind for message in messages), "UNH")
    return [
        _Reader(message, position, form).read_document()
        if message.kind == "ORDERS"
        else unreadable(f"Message {position} is {message.kind}, not ORDERS.", position)
        for position, message in enumerate(messages, 1)
    ]


class _Reader:
    """Goes through the segments once: header, lines, summary."""

    def __init__(self, message: Message, position: int, form: Format):
        self.message, self.position, self.form = message, position, form
        self.draft = Draft(form)
        self.draft.rows.append(position)
        self.head: dict[str, object] = {}
        self.parties: dict[str, dict[str, str]] = {}
        self.notes: list[str] = []
        self.line: dict[str, object] = {}
        self.charges: list[tuple[str, str, str]] = []
        self.charge = ""
        self.function = "original"

    def read_document(self) -> Document:
        for segment in self.message.segments:
            if segment.tag == "LIN":
                self._end_line()
                self.line = {"line.external_id": segment.get(0)}
            elif segment.tag == "UNS":
                self._end_line()
                self.line = {}
            reader = getattr(self, f"_read_{segment.tag.lower()}", None)
            if reader and segment.tag.isalpha():
                reader(segment)
        self._end_line()
        return self._finish()

    # === HEADER ===

    def _read_bgm(self, segment: Segment) -> None:
        self.head["number"] = segment.get(1)
        self.function = FUNCTIONS.get(segment.get(2), segment.get(2))

    def _read_dtm(self, segment: Segment) -> None:
        if self.line:
            return
        moment = read_edi_moment(segment.get(0, 1), segment.get(0, 2), self.form)
        kind = segment.get(0)
        if kind in ("137", "4"):
            self.head.setdefault("placed_at", moment)
        elif kind == "2":
            request_day(self.head, self.notes, moment[:10])
        elif kind in ("64", "63"):
            word = {"64": " not before", "63": " not after"}[kind]
            self.notes.append(f"Requested delivery{word}: {moment[:10]}")

    def _read_rff(self, segment: Segment) -> None:
        if not self.line and segment.get(0) == "VA" and self.parties:
            list(self.parties.values())[-1]["vat"] = segment.get(0, 1)

    def _read_nad(self, segment: Segment) -> None:
        role = PARTIES.get(segment.get(0))
        if not role or self.line:
            return
        names = segment.elements[3] if len(segment.elements) > 3 else ()
        streets = segment.elements[4] if len(segment.elements) > 4 else ()
        name = " ".join(filter(None, names[:2])).strip() or segment.get(2)
        self.parties[role] = {
            "gln": segment.get(1),
            "name": name,
            "street": streets[0].strip() if streets else "",
            "street2": " ".join(filter(None, streets[1:])).strip(),
            "city": segment.get(5),
            "state": segment.get(6),
            "zip": segment.get(7),
            "country": segment.get(8),
        }

    def _read_com(self, segment: Segment) -> None:
        if not self.parties or self.line:
            return
        kind = {"EM": "email", "TE": "phone"}.get(segment.get(0, 1))
        if kind:
            list(self.parties.values())[-1][kind] = segment.get(0)

    def _read_cux(self, segment: Segment) -> None:
        if not self.line:
            self.head.setdefault("currency", segment.get(0, 1))

    def _read_ftx(self, segment: Segment) -> None:
        text = (
            " ".join(filter(None, segment.elements[3]))
            if len(segment.elements) > 3
            else ""
        )
        if text and self.line:
            self.line["line.note"] = text
        elif text:
            self.notes.append(text)

    def _read_alc(self, segment: Segment) -> None:
        self.charge = segment.get(0)

    # === LINES ===

    def _read_lin(self, segment: Segment) -> None:
        if segment.get(2):
            self._add_code(segment.get(2), segment.get(2, 1) or "EN")

    def _read_pia(self, segment: Segment) -> None:
        for element in range(1, len(segment.elements)):
            self._add_code(segment.get(element), segment.get(element, 1))

    def _add_code(self, code: str, kind: str) -> None:
        name = {"SA": "sku", "BP": "buyer_sku", "IN": "buyer_sku"}.get(kind)
        if kind in ("EN", "SRV", "UP", "EAN"):
            name = "barcode"
        if name and code:
            self.line.setdefault(f"line.{name}", code)

    def _read_imd(self, segment: Segment) -> None:
        text = " ".join(filter(None, (segment.get(2, 3), segment.get(2, 4))))
        if self.line and text:
            known = self.line.get("line.name")
            self.line["line.name"] = f"{known} {text}" if known else text

    def _read_qty(self, segment: Segment) -> None:
        if self.line and segment.get(0) == "21":
            self.line["line.quantity"] = segment.get(0, 1)
            self.line["line.unit"] = segment.get(0, 2)

    def _read_pri(self, segment: Segment) -> None:
        """Net before gross; a price per so many units is divided."""
        if not self.line or segment.get(0) not in ("AAA", "AAB", "INV", "CAL"):
            return
        if "line.unit_price" in self.line and segment.get(0) != "AAA":
            return
        text = segment.get(0, 1)
        price, basis = read_decimal(text), read_decimal(segment.get(0, 4) or "1")
        if price is not None and basis and basis != 1:
            text = f"{(price / basis).normalize():.6f}"
        self.line["line.unit_price"] = text

    def _read_moa(self, segment: Segment) -> None:
        kind, amount = segment.get(0), segment.get(0, 1)
        if kind == "203" and self.line:
            self.line["line.amount"] = amount
        elif kind in ("8", "23", "204") and self.charge:
            place = str(self.line.get("line.external_id", "")) if self.line else ""
            self.charges.append((self.charge, place, amount))
            self.charge = ""

    def _read_tax(self, segment: Segment) -> None:
        percent = segment.get(4, 3)
        if percent and self.line:
            self.line["line.tax_percent"] = percent
        elif percent:
            self.head["tax_percent"] = percent

    def _end_line(self) -> None:
        line, self.line = self.line, {}
        if len(line) < 2 and not line.get("line.external_id"):
            return
        if "line.unit_price" in line:
            prefer_amount(line, line.pop("line.amount", None))
        complete_item(line)
        if "tax_percent" in self.head:
            line.setdefault("line.tax_percent", self.head["tax_percent"])
        place = f"message {self.position}, LIN {line.get('line.external_id')}"
        where = {
            "line.quantity": f"{place}, QTY+21",
            "line.unit_price": f"{place}, PRI",
        }
        self.draft.add_line({k: v for k, v in line.items() if v}, where | {"": place})

    # === ORDER ===

    def _finish(self) -> Document:
        number = str(self.head.get("number") or "")
        buyer = self.parties.get("buyer", {})
        head = self.head | {
            "external_id": order_key(buyer.get("gln", ""), number),
            "purchase_order": number,
            "note": "\n".join(self.notes),
        }
        head.pop("tax_percent", None)
        place = f"message {self.position}"
        where = {"placed_at": f"{place}, DTM+137", "external_id": f"{place}, BGM"}
        self.draft.add_head({k: v for k, v in head.items() if v}, where)
        self._add_charges()
        document = self.draft.finish()
        document.payload.update(self._parties())
        document.payload["edi"] = self._envelope()
        self._apply_function(document.payload)
        return document

    def _add_charges(self) -> None:
        for count, (kind, place, amount) in enumerate(self.charges, 1):
            word = "Charge" if kind == "C" else "Allowance"
            number = read_decimal(amount)
            signed = amount if kind == "C" or number is None else f"{-number:f}"
            name = f"{word} on line {place}" if place else word
            values = charge_line(count, "fee", name, signed)
            self.draft.add_line(values, {"": f"message {self.position}, ALC"})

    def _parties(self) -> dict[str, object]:
        buyer = self.parties.get("buyer", {})
        delivery = self.parties.get("delivery") or buyer
        payer = self.parties.get("invoicee") or buyer
        return {
            "customer": {
                "external_id": buyer.get("gln", ""),
                "name": _party_name(buyer),
                "email": buyer.get("email", ""),
                "phone": buyer.get("phone", ""),
                "vat": buyer.get("vat", "") or payer.get("vat", ""),
                "is_company": True,
            },
            "ship_to": _address(delivery),
            "bill_to": _address(payer),
        }

    def _envelope(self) -> dict[str, object]:
        envelope = self.message.envelope
        return {
            "standard": "edifact",
            "sender": [envelope.get(1), envelope.get(1, 1)],
            "recipient": [envelope.get(2), envelope.get(2, 1)],
            "reference": envelope.get(4),
            "message": self.message.reference,
            "parties": {role: party["gln"] for role, party in self.parties.items()},
            "warnings": list(self.message.warnings),
        }

    def _apply_function(self, payload: dict[str, object]) -> None:
        prepared = self.message.envelope
        text = prepared.get(3) + prepared.get(3, 1)
        code = {10: "201", 12: "203"}.get(len(text), "")
        apply_function(
            payload,
            self.function,
            read_edi_moment(text, code, self.form),
            f"Message {self.position} has the function {self.function} (BGM), which "
            "changes an order in part: ask the sender for the whole order, with "
            "function 5.",
        )


def _party_name(party: dict[str, str]) -> str:
    return party.get("name") or (f"GLN {party['gln']}" if party.get("gln") else "")


def _address(party: dict[str, str]) -> dict[str, str]:
    keys = ("street", "street2", "city", "zip", "state", "country", "phone", "email")
    found = {key: party[key] for key in keys if party.get(key)}
    name = _party_name(party)
    return found | ({"name": name, "company": name} if name else {})

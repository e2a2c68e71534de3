# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""X12 850 (purchase order, 4010 and later) as order documents."""

from decimal import Decimal

from .building import Draft
from .edi import (
    apply_function,
    charge_line,
    check_kind,
    complete_item,
    order_key,
    request_day,
)
from .formats import Document, Format, unreadable
from .values import read_decimal, read_edi_moment
from .x12_syntax import Segment, Transaction, read_transactions

PURPOSES = {"00": "original", "06": "original", "07": "copy", "05": "replace"}
PURPOSES |= {"01": "cancelled", "": "original", "22": "original"}
PARTIES = {"ST": "delivery", "BT": "invoicee", "BY": "buyer", "SU": "supplier"}
BARCODES = {"UP", "EN", "UK", "UI", "EO", "UA"}
OURS = {"VN", "VP", "SK", "VA"}
THEIRS = {"BP", "IN", "PI", "CB"}
FREIGHT = {"D240", "D500", "G830"}


def read_orders(content: bytes, form: Format) -> list[Document]:
    """:raise Rejected: if it is not X12, or holds no 850"""
    transactions = read_transactions(content)
    check_kind("850", (transaction.kind for transaction in transactions), "ST")
    return [
        _Reader(transaction, position, form).read_document()
        if transaction.kind == "850"
        else unreadable(
            f"Transaction {position} is {transaction.kind}, not 850.", position
        )
        for position, transaction in enumerate(transactions, 1)
    ]


class _Reader:
    """Goes through the segments once."""

    def __init__(self, transaction: Transaction, position: int, form: Format):
        self.transaction, self.position, self.form = transaction, position, form
        self.draft = Draft(form)
        self.draft.rows.append(position)
        self.head: dict[str, object] = {}
        self.parties: dict[str, dict[str, str]] = {}
        self.party: dict[str, str] = {}
        self.notes: list[str] = []
        self.line: dict[str, object] = {}
        self.charges: list[tuple[str, str, str]] = []
        self.purpose = "original"

    def read_document(self) -> Document:
        for segment in self.transaction.segments:
            reader = getattr(self, f"_read_{segment.tag.lower()}", None)
            if reader and segment.tag.isalnum():
                reader(segment)
        self._end_line()
        return self._finish()

    # === HEADER ===

    def _read_beg(self, segment: Segment) -> None:
        self.head["number"] = segment.get(3)
        self.head["placed_at"] = read_edi_moment(segment.get(5), "", self.form)
        self.purpose = PURPOSES.get(segment.get(1), segment.get(1))

    def _read_cur(self, segment: Segment) -> None:
        self.head["currency"] = segment.get(2)

    def _read_dtm(self, segment: Segment) -> None:
        if segment.get(1) == "002" and not self.line:
            day = read_edi_moment(segment.get(2), "", self.form)[:10]
            request_day(self.head, self.notes, day)
        words = {"010": " (ship)", "037": " not before", "038": " not after"}
        if segment.get(1) in words and not self.line:
            day = read_edi_moment(segment.get(2), "", self.form)[:10]
            self.notes.append(f"Requested delivery{words[segment.get(1)]}: {day}")

    def _read_td5(self, segment: Segment) -> None:
        if not self.line and (segment.get(5) or segment.get(3)):
            self.head["shipping_method"] = segment.get(5) or segment.get(3)

    def _read_msg(self, segment: Segment) -> None:
        if segment.get(1) and self.line:
            known = self.line.get("line.note")
            self.line["line.note"] = (
                f"{known}\n{segment.get(1)}" if known else segment.get(1)
            )
        elif segment.get(1):
            self.notes.append(segment.get(1))

    def _read_n1(self, segment: Segment) -> None:
        self.party = {"name": segment.get(2), "id": segment.get(4)}
        if (role := PARTIES.get(segment.get(1))) and not self.line:
            self.parties.setdefault(role, self.party)

    def _read_n2(self, segment: Segment) -> None:
        self.party["street2"] = segment.get(1)

    def _read_n3(self, segment: Segment) -> None:
        self.party["street"] = segment.get(1)
        if segment.get(2):
            self.party["street2"] = segment.get(2)

    def _read_n4(self, segment: Segment) -> None:
        self.party["city"], self.party["state"] = segment.get(1), segment.get(2)
        self.party["zip"], self.party["country"] = segment.get(3), segment.get(4)

    def _read_per(self, segment: Segment) -> None:
        for place in (3, 5, 7):
            kind = {"EM": "email", "TE": "phone"}.get(segment.get(place))
            if kind:
                self.party[kind] = segment.get(place + 1)

    def _read_sac(self, segment: Segment) -> None:
        """An amount has two decimals that are not written."""
        amount = read_decimal(segment.get(5))
        if amount is None:
            text = segment.get(5)
        else:
            cents = amount if "." in segment.get(5) else amount / Decimal(100)
            text = f"{cents if segment.get(1) == 'C' else -cents:f}"
        if text:
            kind = "shipping" if segment.get(2) in FREIGHT else "fee"
            word = "Charge" if segment.get(1) == "C" else "Allowance"
            self.charges.append((kind, segment.get(15) or word, text))

    # === LINES ===

    def _read_po1(self, segment: Segment) -> None:
        self._end_line()
        number = segment.get(1) or str(len(self.draft.places) + 1)
        self.line = {
            "line.external_id": number,
            "line.quantity": segment.get(2),
            "line.unit": segment.get(3),
            "line.unit_price": segment.get(4),
        }
        for place in range(6, len(segment.elements), 2):
            kind, code = segment.get(place), segment.get(place + 1)
            names = {"barcode": BARCODES, "sku": OURS, "buyer_sku": THEIRS}
            for name, kinds in names.items():
                if kind in kinds and code:
                    self.line.setdefault(f"line.{name}", code)

    def _read_pid(self, segment: Segment) -> None:
        if self.line and segment.get(5):
            known = self.line.get("line.name")
            self.line["line.name"] = (
                f"{known} {segment.get(5)}" if known else segment.get(5)
            )

    def _read_txi(self, segment: Segment) -> None:
        if self.line and segment.get(2):
            self.line["line.tax_amount"] = segment.get(2)
        if self.line and segment.get(3):
            self.line["line.tax_percent"] = segment.get(3)

    def _read_ctt(self, _segment: Segment) -> None:
        self._end_line()

    def _end_line(self) -> None:
        line, self.line = self.line, {}
        if not line:
            return
        complete_item(line)
        place = f"transaction {self.position}, PO1 {line['line.external_id']}"
        where = {
            "line.quantity": f"{place}, PO102",
            "line.unit_price": f"{place}, PO104",
        }
        self.draft.add_line({k: v for k, v in line.items() if v}, where | {"": place})

    # === ORDER ===

    def _finish(self) -> Document:
        number = str(self.head.get("number") or "")
        buyer = self.parties.get("buyer", {})
        sender = self.transaction.isa.get(6)
        head = self.head | {
            "external_id": order_key(sender, number),
            "purchase_order": number,
            "note": "\n".join(self.notes),
        }
        # Without CUR the amounts are in dollars of the United States.
        if not self.form.currency:
            head.setdefault("currency", "USD")
        place = f"transaction {self.position}"
        where = {"placed_at": f"{place}, BEG05", "external_id": f"{place}, BEG03"}
        self.draft.add_head({k: v for k, v in head.items() if v}, where)
        for count, (kind, name, amount) in enumerate(self.charges, 1):
            values = charge_line(count, kind, name, amount)
            self.draft.add_line(values, {"": f"{place}, SAC"})
        document = self.draft.finish()
        document.payload.update(self._addresses(buyer, sender))
        document.payload["edi"] = self._envelope()
        self._apply_purpose(document.payload)
        return document

    def _addresses(self, buyer: dict[str, str], sender: str) -> dict[str, object]:
        payer = self.parties.get("invoicee") or buyer
        delivery = self.parties.get("delivery") or buyer or payer
        named = next((p for p in (buyer, payer, delivery) if p.get("name")), {})
        return {
            "customer": {
                "external_id": buyer.get("id") or sender,
                "name": named.get("name") or sender,
                "email": named.get("email", ""),
                "phone": named.get("phone", ""),
                "is_company": True,
            },
            "ship_to": _address(delivery),
            "bill_to": _address(payer),
        }

    def _envelope(self) -> dict[str, object]:
        isa, group = self.transaction.isa, self.transaction.group
        return {
            "standard": "x12",
            "sender": [isa.get(6), isa.get(5)],
            "recipient": [isa.get(8), isa.get(7)],
            "group_sender": group.get(2),
            "group_recipient": group.get(3),
            "version": group.get(8) or "004010",
            "reference": isa.get(13),
            "message": self.transaction.control,
            "date": next(
                (s.get(5) for s in self.transaction.segments if s.tag == "BEG"), ""
            ),
            "warnings": list(self.transaction.warnings),
        }

    def _apply_purpose(self, payload: dict[str, object]) -> None:
        isa = self.transaction.isa
        apply_function(
            payload,
            self.purpose,
            read_edi_moment(isa.get(9) + isa.get(10)[:4], "201", self.form),
            f"Transaction {self.position} has the purpose {self.purpose} (BEG01), "
            "which changes an order in part: ask the sender for the whole order, with "
            "purpose 05.",
        )


def _address(party: dict[str, str]) -> dict[str, str]:
    keys = ("street", "street2", "city", "zip", "state", "phone", "email")
    found = {key: party[key] for key in keys if party.get(key)}
    if party.get("country"):
        found["country"] = {"USA": "US", "CAN": "CA"}.get(
            party["country"], party["country"]
        )
    name = party.get("name") or party.get("id", "")
    return found | ({"name": name, "company": name} if name else {})

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a sender of business orders is told: what is accepted, what has left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """A line under the sender's own key, with what becomes of it."""

    key: str
    ordered: Decimal
    quantity: Decimal
    sku: str = ""
    barcode: str = ""
    buyer_sku: str = ""
    unit: str = ""
    price: str = ""

    @property
    def verdict(self) -> str:
        if self.quantity <= 0:
            return "rejected"
        return "accepted" if self.quantity >= self.ordered else "changed"


@dataclass(frozen=True, slots=True)
class Answer:
    """One message to the sender; ``control`` numbers it, the same when repeated."""

    key: str
    control: int
    moment: datetime
    number: str
    sender: list[str]
    recipient: list[str]
    lines: tuple[AnsweredLine, ...]
    currency: str = ""
    date: str = ""
    carrier: str = ""
    tracking: str = ""
    group_sender: str = ""
    group_recipient: str = ""
    version: str = ""
    parties: Mapping[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        verdicts = {line.verdict for line in self.lines}
        return verdicts.pop() if len(verdicts) == 1 else "changed"


def prepare_answer(
    payload: dict[str, Any],
    quantities: Mapping[str, Decimal],
    *,
    key: str,
    control: int,
    moment: datetime,
    carrier: str = "",
    tracking: str = "",
    only_these: bool = False,
) -> Answer:
    """
    :param payload: the order document as it came, with the envelope in ``edi``
    :param quantities: {key of a line: units}; lines without are taken as 0
    :param only_these: whether lines without units are left out
    """
    edi = payload["edi"]
    lines = tuple(
        _line(line, quantities)
        for line in payload["lines"]
        if line.get("kind", "goods") == "goods"
        and (not only_these or quantities.get(str(line["external_id"]), ZERO) > 0)
    )
    return Answer(
        key=key,
        control=control,
        moment=moment,
        number=str(payload.get("number") or ""),
        # We answer: sender and recipient change places.
        sender=list(edi["recipient"]),
        recipient=list(edi["sender"]),
        lines=lines,
        currency=str(payload.get("currency") or ""),
        date=edi.get("date", ""),
        carrier=carrier,
        tracking=tracking,
        group_sender=edi.get("group_recipient", ""),
        group_recipient=edi.get("group_sender", ""),
        version=edi.get("version", ""),
        parties=edi.get("parties", {}),
    )


def _line(line: dict[str, Any], quantities: Mapping[str, Decimal]) -> AnsweredLine:
    key = str(line["external_id"])
    return AnsweredLine(
        key=key,
        ordered=Decimal(str(line["quantity"])),
        quantity=quantities.get(key, ZERO),
        sku=str(line.get("sku") or ""),
        barcode=str(line.get("barcode") or ""),
        buyer_sku=str(line.get("buyer_sku") or ""),
        unit=str(line.get("unit") or ""),
        price=str(line.get("unit_price") or ""),
    )
